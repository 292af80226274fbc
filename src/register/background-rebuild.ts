import { Worker } from 'node:worker_threads';
import type { RebuildProgress, RebuildResult } from '../views/projection/rebuild.js';
import type { StoreConfig } from './open-stores.js';

export type RebuildMessage = { readonly progress: RebuildProgress } | { readonly done: RebuildResult } | { readonly failed: string };

export type RebuildState =
  | { readonly state: 'IDLE' }
  | { readonly state: 'RUNNING'; readonly progress?: RebuildProgress }
  | { readonly state: 'DONE'; readonly result: RebuildResult }
  | { readonly state: 'FAILED'; readonly error: string };

/** A rebuild of the assessments in a thread of its own, while the version before goes on answering. One at a time. */
export class BackgroundRebuild {
  private current: RebuildState = { state: 'IDLE' };
  private worker: Worker | undefined;

  constructor(private readonly config: StoreConfig) {}

  get status(): RebuildState {
    return this.current;
  }

  /** Starts one, or goes on with the one under way. */
  start(): RebuildState {
    if (this.worker) return this.current;
    this.current = { state: 'RUNNING' };
    const worker = new Worker(new URL('./rebuild-worker.js', import.meta.url), { workerData: { config: this.config } });
    this.worker = worker;
    worker.on('message', (message: RebuildMessage) => {
      if ('progress' in message) this.current = { state: 'RUNNING', progress: message.progress };
      else if ('done' in message) this.current = { state: 'DONE', result: message.done };
      else this.current = { state: 'FAILED', error: message.failed };
    });
    worker.on('error', (error) => (this.current = { state: 'FAILED', error: error instanceof Error ? error.message : 'unknown error' }));
    worker.on('exit', () => {
      this.worker = undefined;
      if (this.current.state === 'RUNNING') this.current = { state: 'FAILED', error: 'the thread ended before the rebuild was done; starting again goes on from there' };
    });
    return this.current;
  }

  /** Ends the thread; what it has written is kept and gone on from next time. */
  async stop(): Promise<void> {
    await this.worker?.terminate();
  }
}
