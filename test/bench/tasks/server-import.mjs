// Imports a history into a log on a server. Input: {file, dataDir, url, namespace}.
import { importHistory } from '../../../dist/import/import-history.js';
import { openRegister } from '../../../dist/app/register.js';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { file, dataDir, url, namespace } = taskInput();
const register = await openRegister({
  dataDir,
  eventStore: 'eventstoredb',
  eventStoreUrl: url,
  eventStoreNamespace: namespace,
  viewStore: 'sqlite',
});
const took = await timed(() =>
  importHistory(register, { file, source: 'bench', dryRun: false, rejectFile: `${dataDir}.rejects.ndjson` }),
);
const { imported, rejected } = took.result;
await register.close();
if (rejected > 0) throw new Error(`${rejected} lines of a simulated history were rejected`);
tell(rates(imported, took));
