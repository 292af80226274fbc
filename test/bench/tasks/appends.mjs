// Durable appends by turns with raw ones. Input: {dataDir, folder, rounds, appends, groups, batches, clients,
// batchRows}; `dataDir` holds an imported history.
import { join } from 'node:path';
import { SqliteEventStore } from '../../../dist/kernel/event-store/sqlite/sqlite-event-store.js';
import { dataPaths } from '../../../dist/stores/open-stores.js';
import { openRegister } from '../../../dist/app/register.js';
import { factsLike, recordsLike, take } from '../facts.mjs';
import { RawLog, RowMaker } from '../raw-log.mjs';
import { byTurns, rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { dataDir, folder, rounds, appends, groups, batches, clients, batchRows } = taskInput();
const sample = dataPaths(dataDir).events;
const raw = new RawLog(join(folder, 'raw.sqlite'));
const store = await SqliteEventStore.open({ path: join(folder, 'ours.sqlite') });
const register = await openRegister({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' });
const facts = factsLike(register);
const [oursNext, rawNext] = [recordsLike(sample), recordsLike(sample)];
const [heads, rows] = [new Map(), new RowMaker()];

const results = {
  pragmas: raw.pragmas(),
  single: await byTurns(
    rounds,
    () => ours(appends, 1),
    () => rawCommits(appends, 1),
  ),
  singleFact: await byTurns(
    rounds,
    () => oursFacts(appends),
    () => rawCommits(appends, 1),
  ),
  together: await byTurns(
    rounds,
    () => ours(groups * clients, clients),
    () => rawCommits(groups, clients),
  ),
  batch: await byTurns(
    rounds,
    () => oursBatches(batches, batchRows),
    () => rawCommits(batches, batchRows),
  ),
};
raw.close();
await store.close();
await register.close();
tell(results);

/** What one writer hands to the store: a record, the revision it is to stand behind, and the hash. */
function nextAppend() {
  const { stream, record } = oursNext.next().value;
  const head = heads.get(stream);
  heads.set(stream, (head ?? -1n) + 1n);
  return { stream, expected: head ?? 'NO_STREAM', records: [record] };
}

/** So many clients, each waiting for its append before it sends the next. */
async function ours(count, atOnce) {
  return rates(
    count,
    await timed(() =>
      Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let done = 0; done < count / atOnce; done++) await store.appendAll([nextAppend()]);
        }),
      ),
    ),
  );
}

async function oursBatches(count, size) {
  return rates(
    count * size,
    await timed(async () => {
      for (let done = 0; done < count; done++) {
        for (const answer of await store.appendAll(Array.from({ length: size }, nextAppend)))
          if (answer instanceof Error) throw answer;
      }
    }),
  );
}

/** The whole way of a fact: checked, sealed, chained, written. */
async function oursFacts(count) {
  const given = await take(facts, count);
  return rates(
    count,
    await timed(async () => {
      for (const fact of given) await register.log.append(fact.stream, 'STREAM_EXISTS', [fact]);
    }),
  );
}

async function rawCommits(count, size) {
  const commits = Array.from({ length: count }, () =>
    Array.from({ length: size }, () => {
      const { stream, record } = rawNext.next().value;
      return rows.rowOf(stream, record);
    }),
  );
  return rates(
    count * size,
    await timed(() => {
      for (const commit of commits) raw.commit(commit);
    }),
  );
}
