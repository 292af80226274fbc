// Facts into the log the whole way, one by one and in batches; run with and without cryptography. Input: {file,
// dataDir, appends, batches, batchRows}.
import { importHistory } from '../../../dist/import/import-history.js';
import { openRegister } from '../../../dist/app/register.js';
import { factsLike, take } from '../facts.mjs';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { file, dataDir, appends, batches, batchRows } = taskInput();
const register = await openRegister({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' });
const imported = await timed(() =>
  importHistory(register, { file, source: 'bench', dryRun: false, rejectFile: `${dataDir}.rejects.ndjson` }),
);
const facts = factsLike(register);
await appendSingly(await take(facts, appends)); // warms up
const single = await appendSingly(await take(facts, appends));
const batch = await appendBatches(await take(facts, batches * batchRows));
await register.close();
tell({ single, batch, import: rates(imported.result.imported, imported) });

async function appendSingly(given) {
  return rates(
    given.length,
    await timed(async () => {
      for (const fact of given) await register.log.append(fact.stream, 'STREAM_EXISTS', [fact]);
    }),
  );
}

async function appendBatches(given) {
  return rates(
    given.length,
    await timed(async () => {
      for (let at = 0; at < given.length; at += batchRows) {
        const batch = given
          .slice(at, at + batchRows)
          .map((fact) => ({ stream: fact.stream, expected: 'STREAM_EXISTS', facts: [fact] }));
        for (const answer of await register.log.appendAll(batch)) if (answer instanceof Error) throw answer;
      }
    }),
  );
}
