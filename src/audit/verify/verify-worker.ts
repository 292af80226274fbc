import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEventStore } from '../../kernel/event-store/sqlite/sqlite-event-store.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import { LogPart } from './log-part.js';
import type { WorkOrder, WorkerMessage } from './worker-pool.js';

/** Runs in a worker thread: verifies one part of a log and tells what it found. */
const { events, seals, part } = workerData as WorkOrder;
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

const store = await SqliteEventStore.open({ path: events, readOnly: true });
const tree = seals === undefined ? undefined : TreeFile.open(seals, true);
try {
  const result = await new LogPart(store, tree, part).verify((progress) => tell({ progress }));
  tell({ result });
} finally {
  tree?.close();
  await store.close();
}
