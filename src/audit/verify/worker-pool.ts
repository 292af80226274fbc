import { Worker } from 'node:worker_threads';
import { errorTold, type ThreadError } from '../../kernel/threads/thread-error.js';
import type { Part, PartResult } from './log-part.js';
import type { VerifyOptions } from './verify.js';

/** What a worker is to verify. */
export interface WorkOrder {
  /** The log's SQLite file. */
  readonly events: string;
  /** The file with the seals, when there is one. */
  readonly seals: string | undefined;
  readonly part: Part;
}

export type WorkerMessage =
  { readonly progress: number } | { readonly result: PartResult } | { readonly failed: ThreadError };

/**
 * Verifies parts of a log that lies in a SQLite file, each in a worker thread.
 * @param program the worker's program; by default the one that lies beside this file
 * @throws the error of the store or the seals that a thread met, as what it was
 */
export function inWorkers(
  workers: number,
  events: string,
  seals: string | undefined,
  program: URL = new URL('./verify-worker.js', import.meta.url),
): NonNullable<VerifyOptions['elsewhere']> {
  return {
    workers,
    verify: (part, onProgress) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(program, { workerData: { events, seals, part } satisfies WorkOrder });
        worker.on('message', (message: WorkerMessage) => {
          if ('progress' in message) onProgress(message.progress);
          else if ('failed' in message) reject(errorTold(message.failed));
          else resolve(message.result);
        });
        worker.once('error', (error) => reject(errorTold(error as Error)));
        worker.once('exit', (code) =>
          reject(new Error(`a worker that verifies the log ended with ${code} before it was done`)),
        );
      }),
  };
}
