import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CLIENTS, historyRounds } from '../plan.mjs';
import { runTask } from '../task.mjs';

const testFile = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * An import and a projection on a log on a server, against what the client of that server does by itself. The server is
 * the one at
 * EVENTSTORE_URL, otherwise our double: then the ratios say what our side costs, and nothing about a disk.
 * @param history the smallest history
 */
export async function measureServerLog(results, plan, folder, { file, size }) {
  const double = process.env.EVENTSTORE_URL ? undefined : await startDouble();
  const url = process.env.EVENTSTORE_URL ?? double.url;
  const server = double ? 'our double of EventStoreDB' : 'the server at EVENTSTORE_URL';
  const rounds = { import: { ours: [], theirs: [] }, catchUp: { ours: [], theirs: [] } };
  try {
    for (let round = 0; round < historyRounds(plan, size); round++) {
      const log = { url, namespace: `bench-${process.pid}-${round}` };
      const dataDir = `${folder}/server-${round}`;
      rounds.import.ours.push(await runTask('server-import', { ...log, file, dataDir }));
      rounds.import.theirs.push(await runTask('server-raw-appends', { ...log, atOnce: CLIENTS }));
      const caughtUp = await runTask('server-catch-up', { ...log, rounds: plan.rounds });
      for (const side of ['ours', 'theirs']) rounds.catchUp[side].push(...caughtUp[side]);
    }
  } finally {
    double?.process.kill();
  }
  results.rates('server-import', `import into ${server}`, {
    size,
    ...rounds.import,
    rival: `raw unary appends of the same events, ${CLIENTS} at once`,
    unit: 'facts/s',
    goal: { ratio: 0.5 },
  });
  results.rates('server-catch-up', `catch-up of a trivial projection from ${server}`, {
    size,
    ...rounds.catchUp,
    rival: 'raw filtered subscription',
    unit: 'events/s',
    goal: { ratio: 0.7 },
  });
}

async function startDouble() {
  const args = ['--import', testFile('support/typescript.mjs'), testFile('doubles/eventstoredb/serve.ts')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return { url, process: child };
}
