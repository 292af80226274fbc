// Verifies a log in one thread, and takes SHA-256 of the same bytes alone. Input: {dataDir}.
import { hash } from 'node:crypto';
import { verifyLog } from '../../../dist/audit/verify/verify.js';
import { SqliteEventStore } from '../../../dist/kernel/event-store/sqlite/sqlite-event-store.js';
import { SigningKey } from '../../../dist/kernel/integrity/signing-key.js';
import { dataPaths } from '../../../dist/stores/open-stores.js';
import { plainPagesOf } from '../raw-log.mjs';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

/** So many events are enough to see how fast hashing is, and fit in memory. */
const HASHED = 200_000;

const { dataDir } = taskInput();
const { events: path } = dataPaths(dataDir);
const store = await SqliteEventStore.open({ path, readOnly: true });
const { publicKey } = SigningKey.ephemeral();
const verified = await timed(() => verifyLog({ store, publicKey }));
await store.close();
if (!verified.result.ok)
  throw new Error(`the log of the benchmark does not verify: ${verified.result.findings[0].message}`);
const events = verified.result.checked;

const bodies = [];
for (const page of plainPagesOf(path)) {
  for (const { body } of page) bodies.push(body);
  if (bodies.length >= HASHED) break;
}
const hashed = await timed(() => {
  for (const body of bodies) hash('sha256', body, 'buffer');
});
tell({ events, verify: rates(events, verified), sha256: rates(bodies.length, hashed) });
