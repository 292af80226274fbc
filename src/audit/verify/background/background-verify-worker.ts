import { constants, platform, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { asSealsError } from '../../../kernel/integrity/integrity-error.js';
import { tellError } from '../../../kernel/threads/thread-error.js';
import { openEventStore } from '../../../stores/open-stores.js';
import { verifyRegister } from '../verify-register.js';
import { pacedStore } from './paced-store.js';
import type { BackgroundMessage, BackgroundOrder } from './verify-in-background.js';

// A thread that verifies the log beside whoever answers from it: last in line on Linux, where a priority is a thread's
// own, and never faster than its share.
const port = parentPort;
if (!port) throw new Error('background-verify-worker runs as a worker thread');
const { config, share } = workerData as BackgroundOrder;
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const ended = new AbortController();
port.once('message', () => ended.abort());

const tell = (message: BackgroundMessage): void => port.postMessage(message);
try {
  const store = await openEventStore(config, { readOnly: true });
  try {
    const paced = pacedStore(store, share, (ms) => sleep(ms, undefined, { signal: ended.signal }));
    tell({ report: await verifyRegister(config, paced, { oneThread: true }) });
  } finally {
    await store.close();
  }
} catch (error) {
  if (!ended.signal.aborted) tell({ failed: tellError(asSealsError(error)) });
} finally {
  port.close();
}
