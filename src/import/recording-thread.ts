import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FactRecorder } from './fact-writer.js';
import type { FactsForStream } from '../kernel/event-sourcing/event-log.js';
import { type AppendResult, EventStoreError } from '../kernel/event-store/event-store.js';
import type { StoreConfig } from '../stores/open-stores.js';
import {
  errorOf,
  RecordingFailed,
  type RecordingAnswer,
  type RecordingRequest,
  type RecordingSetup,
  writeBatch,
} from './recording-protocol.js';

/** In MiB: a thread holds a batch, the heads of streams and the keys of persons, each within a bound. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 24 };
/** Fewer facts than these are recorded before a thread has its stores open. */
const WORTH_A_THREAD = 4_000;

/**
 * Records the facts of a large import in a thread of its own, so that the next lines can be read and checked meanwhile.
 * It starts when so much was recorded that it pays; until it is ready everything is recorded where it was asked. One
 * batch at a time: the next is handed over when the answers to the last have come.
 */
export class RecordingThread implements FactRecorder {
  private worker: Worker | undefined;
  private ready = false;
  private ended: Error | undefined;
  private recorded = 0;

  /** @param worthAThread after how many facts the thread is started */
  constructor(
    private readonly config: StoreConfig,
    private readonly local: FactRecorder,
    private readonly worthAThread = WORTH_A_THREAD,
  ) {}

  /** @throws EventStoreError with code and message of what went wrong in the thread */
  async appendAll(batch: readonly FactsForStream[]): Promise<(AppendResult | EventStoreError)[]> {
    if (this.ended) throw new RecordingFailed('RECORDING_FAILED', `the recording thread ended: ${this.ended.message}`);
    if (this.worker && this.ready) return ask(this.worker, batch);
    this.recorded += batch.length;
    if (!this.worker && this.recorded >= this.worthAThread) this.start();
    return this.local.appendAll(batch);
  }

  /** Lets the thread finish and close its stores. */
  async close(): Promise<void> {
    const { worker } = this;
    if (!worker || this.ended) return;
    const exit = once(worker, 'exit');
    worker.ref();
    worker.postMessage('close' satisfies RecordingRequest);
    await exit;
  }

  private start(): void {
    const setup: RecordingSetup = { config: this.config };
    this.worker = new Worker(new URL('./recording-worker.js', import.meta.url), {
      workerData: setup,
      resourceLimits: THREAD_MEMORY,
    });
    this.worker.once('message', () => {
      this.ready = true;
    });
    this.worker.on('error', (error) => {
      this.ended = error;
    });
    this.worker.on('exit', (code) => {
      this.ended ??= new Error(`exit code ${code}`);
    });
    this.worker.unref();
  }
}

async function ask(worker: Worker, batch: readonly FactsForStream[]): Promise<(AppendResult | EventStoreError)[]> {
  const waiting = new AbortController();
  const exit = once(worker, 'exit', { signal: waiting.signal }).then(() => ({
    failed: {
      code: 'RECORDING_FAILED',
      message: 'the recording thread ended; what it had not recorded is recorded when the import is run again',
    },
  }));
  exit.catch(() => undefined);
  // Without it a thread that is at work does not keep the process alive.
  worker.ref();
  try {
    worker.postMessage({ record: writeBatch(batch) } satisfies RecordingRequest);
    const answer = await Promise.race([
      once(worker, 'message').then(([said]) => said as Exclude<RecordingAnswer, 'ready'>),
      exit,
    ]);
    if ('failed' in answer) throw errorOf(answer.failed);
    return answer.answers.map((one) => ('code' in one ? errorOf(one) : one));
  } finally {
    waiting.abort();
    worker.unref();
  }
}
