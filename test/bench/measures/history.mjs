import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dataPaths } from '../../../dist/stores/open-stores.js';
import { historyRounds, PERIOD } from '../plan.mjs';
import { runTask } from '../task.mjs';

const WINDOW = 100_000;

/**
 * Simulates, imports and rebuilds a municipality of a size, each against its rival.
 * @returns the history: its file and the data folder with log and views, and how large they are
 */
export async function measureHistory(results, plan, folder, size) {
  const place = join(folder, String(size));
  mkdirSync(place);
  const file = join(place, 'history.ndjson');
  const dataDir = join(place, 'data');
  await runTask('simulate', { ...PERIOD, recipients: size, out: file });

  const rounds = { whole: { ours: [], theirs: [] }, last: { ours: [], theirs: [] } };
  let imported;
  for (let round = 0; round < historyRounds(plan, size); round++) {
    rmSync(dataDir, { recursive: true, force: true });
    imported = await runTask('import', { file, dataDir, window: WINDOW });
    const path = join(place, 'raw.sqlite');
    const raw = await runTask('raw-import', {
      file,
      log: dataPaths(dataDir).events,
      path,
      rows: imported.batchRows,
      window: WINDOW,
    });
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    for (const part of ['whole', 'last']) {
      rounds[part].ours.push(imported[part]);
      rounds[part].theirs.push(raw[part]);
    }
  }
  const rival = `raw JSON.parse + insert, ${imported.batchRows} rows a commit`;
  const goal = { ratio: 0.4, rate: 15_000 };
  results.rates('import', 'import of a simulated history, end to end', {
    size,
    ...rounds.whole,
    rival,
    unit: 'facts/s',
    goal,
  });
  const { upTo, count } = imported.last;
  if (count < imported.facts)
    results.rates('import-last', `import: the last ${count} of ${upTo} facts`, {
      size,
      ...rounds.last,
      rival,
      unit: 'facts/s',
      goal,
    });
  results.value('memory-import', 'memory: import', { size, value: imported.peakMiB, unit: 'MiB' });

  await measureRebuild(results, plan, size, dataDir);
  return { size, file, dataDir, facts: imported.facts, bytes: bytesOf(dataDir) };
}

async function measureRebuild(results, plan, size, dataDir) {
  const [ours, theirs] = [[], []];
  let rebuilt;
  for (let round = 0; round < historyRounds(plan, size); round++) {
    rebuilt = await runTask('rebuild', { dataDir });
    ours.push(rebuilt);
    theirs.push(await runTask('raw-read', { log: dataPaths(dataDir).events }));
  }
  results.rates('rebuild', 'rebuild of all projections', {
    size,
    ours,
    theirs,
    rival: 'raw sequential read + JSON.parse',
    unit: 'events/s',
    goal: { ratio: 0.3 },
  });
  results.value('memory-rebuild', 'memory: rebuild', { size, value: rebuilt.peakMiB, unit: 'MiB' });
}

/** What lies on the disk, in bytes. */
function bytesOf(dataDir) {
  const { events, keys, views } = dataPaths(dataDir);
  return {
    log: statSync(events).size,
    keys: statSync(keys).size,
    views: readdirSync(views, { recursive: true }).reduce((sum, name) => sum + statSync(join(views, name)).size, 0),
  };
}
