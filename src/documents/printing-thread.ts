import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { FONTS } from './fonts.js';

/** In MiB: the thread's own memory holds what it is asked and the finished document; the compiler's lies outside. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };

/** A sheet of a workbook; the first row is its head. */
export interface Sheet {
  /** At most 31 characters. */
  readonly name: string;
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What the thread is asked for: sheets of a workbook, or a template with what it is filled with. */
export type PrintOrder = { readonly sheets: readonly Sheet[] } | PdfOrder;

export interface PdfOrder {
  readonly template: string;
  /** By name, as the template reads them. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly standard: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
}

type PrintAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that makes one document at a time, and keeps the process alive only while it does. */
export class PrintingThread {
  private readonly worker: Worker;
  private waiting: Waiting | undefined;
  /** Kept when it has ended, of its own accord or not. */
  readonly ended: Promise<void>;

  constructor() {
    this.worker = new Worker(new URL('./print-worker.mjs', import.meta.url), {
      workerData: { templates: fileURLToPath(new URL('./templates', import.meta.url)), fonts: FONTS },
      resourceLimits: THREAD_MEMORY,
    });
    this.worker.on('message', (answer: PrintAnswer) => this.take(answer));
    let failure = new Error('the thread that makes documents ended');
    this.worker.on('error', (error) => (failure = error instanceof Error ? error : failure));
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.waiting?.reject(failure);
        resolve();
      });
    });
    // Last: whoever begins to listen to a thread makes it keep the process alive.
    this.worker.unref();
  }

  /** @throws Error when the document cannot be made, or the thread ends */
  print(order: PrintOrder): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.ref();
      this.worker.postMessage(order);
    });
  }

  /** Ends it. What the compiler is doing goes on until it is done, and nobody hears of it. */
  end(): void {
    this.worker.unref();
    void this.worker.terminate();
  }

  private take(answer: PrintAnswer): void {
    const { waiting } = this;
    this.waiting = undefined;
    this.worker.unref();
    if ('failed' in answer) waiting?.reject(new Error(answer.failed));
    else waiting?.resolve(answer.bytes);
  }
}
