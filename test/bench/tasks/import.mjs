// Imports a history end to end. Input: {file, dataDir, window}. Tells the rate of the whole and of the last `window`
// facts before a million, or before the end.
import { importHistory } from '../../../dist/import/import-history.js';
import { openRegister } from '../../../dist/app/register.js';
import { Marks } from '../marks.mjs';
import { rates, stopwatch, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { file, dataDir, window } = taskInput();
const register = await openRegister({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' });
const marks = new Marks();
const sinceStart = stopwatch();
const took = await timed(() =>
  importHistory(register, {
    file,
    source: 'bench',
    dryRun: false,
    rejectFile: `${dataDir}.rejects.ndjson`,
    onProgress: ({ lines }) => marks.add(lines, sinceStart()),
  }),
);
const { imported, rejected } = took.result;
await register.close();
if (rejected > 0) throw new Error(`${rejected} lines of a simulated history were rejected`);
tell({ facts: imported, whole: rates(imported, took), last: marks.last(window), batchRows: marks.step });
