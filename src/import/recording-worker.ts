import { parentPort, workerData } from 'node:worker_threads';
import { EventStoreError } from '../kernel/event-store/event-store.js';
import { systemClock } from '../kernel/time/clock.js';
import { openRecorder } from '../stores/open-recorder.js';
import { openEventStore, openKeyStore } from '../stores/open-stores.js';
import {
  readBatch,
  type RecordingAnswer,
  type RecordingRequest,
  type RecordingSetup,
  refusalOf,
} from './recording-protocol.js';

// A thread that seals, chains and writes facts that were checked elsewhere, over stores of its own as another process
// would.
const port = parentPort;
if (!port) throw new Error('recording-worker runs as a worker thread');

const { config } = workerData as RecordingSetup;
const store = await openEventStore(config);
const keys = await openKeyStore(config, store);
const log = await openRecorder(store, keys, systemClock);

let last: Promise<void> = Promise.resolve();
port.on('message', (request: RecordingRequest) => {
  last = last.then(() => (request === 'close' ? close() : record(request.record)));
});
say('ready');

async function record(batch: string): Promise<void> {
  try {
    const answers = await log.appendAll(readBatch(batch));
    say({ answers: answers.map((answer) => (answer instanceof EventStoreError ? refusalOf(answer) : answer)) });
  } catch (error) {
    say({ failed: refusalOf(error) });
  }
}

async function close(): Promise<void> {
  await keys.close();
  await store.close();
  port?.close();
}

function say(answer: RecordingAnswer): void {
  port?.postMessage(answer);
}
