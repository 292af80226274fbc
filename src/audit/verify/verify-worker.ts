import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEventStore } from '../../kernel/event-store/sqlite/sqlite-event-store.js';
import { asSealsError } from '../../kernel/integrity/integrity-error.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import { tellError } from '../../kernel/threads/thread-error.js';
import { LogPart } from './log-part.js';
import type { WorkOrder, WorkerMessage } from './worker-pool.js';

/** Runs in a worker thread: verifies one part of a log and tells what it found. */
const { events, seals, part } = workerData as WorkOrder;
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

let store: SqliteEventStore | undefined;
let tree: TreeFile | undefined;
try {
  store = await SqliteEventStore.open({ path: events, readOnly: true });
  tree = seals === undefined ? undefined : TreeFile.open(seals, true);
  tell({ result: await new LogPart(store, tree, part).verify((progress) => tell({ progress })) });
} catch (error) {
  tell({ failed: tellError(asSealsError(error)) });
} finally {
  tree?.close();
  await store?.close();
}
