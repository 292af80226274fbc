import { cpSync, mkdirSync } from 'node:fs';
import { BATCH_ROWS, CLIENTS } from '../plan.mjs';
import { spread } from '../stopwatch.mjs';
import { syncRate } from '../machine.mjs';
import { runTask } from '../task.mjs';

/**
 * Durable appends against raw ones, and what chain and encryption cost.
 * @param history the smallest imported history
 * @returns what the file and the connection are set to
 */
export async function measureAppends(results, plan, folder, history) {
  const place = `${folder}/appends`;
  mkdirSync(place);
  // What is appended is not to be in the way of what else is measured on this history.
  cpSync(history.dataDir, `${place}/data`, { recursive: true });
  const input = { ...plan, clients: CLIENTS, batchRows: BATCH_ROWS };
  const syncs = syncRate(place, plan.syncs);
  results.value('disk', 'fdatasync of 4 KiB at the end of a file', { value: syncs, unit: '/s' });

  const appended = await runTask('appends', { ...input, dataDir: `${place}/data`, folder: place });
  const against = (id, measure, { ours, theirs }, rival, goal) =>
    results.rates(id, measure, { ours, theirs, rival, goal });
  against('append', 'durable single append to the event store, 1 client', appended.single, 'raw insert + commit', {
    ratio: 0.9,
  });
  results.value('append-disk', 'the same', {
    value: spread(appended.single.ours.map(({ rate }) => rate)).median,
    unit: '/s',
    against: { name: 'fdatasync rate', value: syncs },
  });
  against(
    'append-fact',
    'durable single fact: checked, sealed, chained, appended',
    appended.singleFact,
    'raw insert + commit',
    { ratio: 0.9 },
  );
  against('group', `${CLIENTS} clients at once (group commit)`, appended.together, `raw commits of ${CLIENTS} rows`, {
    ratio: 0.8,
  });
  against('batch', `appends of one row, ${BATCH_ROWS} at once`, appended.batch, `raw commits of ${BATCH_ROWS} rows`);

  await measureCryptography(results, plan, input, place, history);
  return appended.pragmas;
}

/** The same work with SHA-256 and AES made to do nothing, by turns. */
async function measureCryptography(results, plan, input, place, history) {
  const rounds = {
    single: { ours: [], theirs: [] },
    batch: { ours: [], theirs: [] },
    import: { ours: [], theirs: [] },
  };
  for (let round = 0; round < plan.historyRounds; round++) {
    for (const side of ['ours', 'theirs']) {
      const told = await runTask(
        'fact-appends',
        { ...input, file: history.file, dataDir: `${place}/${side}-${round}` },
        { without: side === 'theirs' },
      );
      for (const name of Object.keys(rounds)) rounds[name][side].push(told[name]);
    }
  }
  const rival = 'without SHA-256 and AES-GCM';
  results.rates('crypto-single', 'chain and encryption: single fact', { ...rounds.single, rival });
  results.rates('crypto-batch', `chain and encryption: facts, ${BATCH_ROWS} at once`, { ...rounds.batch, rival });
  results.rates('crypto-import', 'chain and encryption: import', { size: history.size, ...rounds.import, rival });
}
