/**
 * Starts now.
 * @returns a function that says how many seconds went by since, on the wall and of this process's processors (user and
 * system)
 */
export function stopwatch() {
  const cpu = process.cpuUsage();
  const started = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

/** Runs work. @returns what it gave, and the seconds it took */
export async function timed(work) {
  const seconds = stopwatch();
  const result = await work();
  return { result, ...seconds() };
}

/** One round's rates of something that was done `count` times. */
export function rates(count, { seconds, cpuSeconds }) {
  return { rate: count / seconds, cpuRate: count / cpuSeconds };
}

/**
 * Rounds of two rivals by turns, each first every other time, so that what else the machine does hits both alike. One
 * unmeasured round warms up.
 * @param ours and `theirs` do one round and give {rate, cpuRate}
 * @returns the rates of all measured rounds
 */
export async function byTurns(rounds, ours, theirs) {
  const all = { ours: [], theirs: [] };
  await ours();
  await theirs();
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours'])
      all[side].push(await (side === 'ours' ? ours() : theirs()));
  }
  return all;
}

/** Median, smallest and largest. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/** The value that `share` (0 to 1) of the values do not exceed. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
