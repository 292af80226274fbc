import { historyRounds } from '../plan.mjs';
import { runTask } from '../task.mjs';

/** Verification of a log in one thread against SHA-256 of the same bytes alone. */
export async function measureVerify(results, plan, { size, dataDir }) {
  const [ours, theirs] = [[], []];
  for (let round = 0; round < historyRounds(plan, size); round++) {
    const told = await runTask('verify', { dataDir });
    ours.push(told.verify);
    theirs.push(told.sha256);
  }
  results.rates('verify', 'verify, one thread', {
    size,
    ours,
    theirs,
    rival: 'raw SHA-256 of the same bytes',
    unit: 'events/s',
    goal: { rate: 100_000 },
  });
}
