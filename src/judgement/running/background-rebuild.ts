import { Worker } from 'node:worker_threads';
import type { RebuildProgress, RebuildResult } from './projection.js';
import type { StoreConfig } from '../../stores/open-stores.js';

/** What the thread is started with, what it tells, and the one thing it is told. */
export interface RebuildSetup {
  readonly config: StoreConfig;
  readonly views: readonly string[];
}
export type RebuildMessage = { readonly view: string } & (
  { readonly progress: RebuildProgress } | { readonly done: RebuildResult } | { readonly failed: string }
);
export const END_REBUILD = 'end';

export type RebuildState =
  | { readonly state: 'IDLE' }
  | { readonly state: 'RUNNING'; readonly view: string; readonly progress?: RebuildProgress }
  | { readonly state: 'DONE'; readonly view: string; readonly result: RebuildResult }
  | { readonly state: 'FAILED'; readonly view: string; readonly error: string };

/** Rebuilds views in a thread of its own, while the versions before go on answering. One at a time. */
export class BackgroundRebuild {
  private current: RebuildState = { state: 'IDLE' };
  private worker: Worker | undefined;
  private ended: () => void = () => undefined;

  constructor(private readonly config: StoreConfig) {}

  /** @param ended called when a rebuild has ended, whatever came of it */
  onEnd(ended: () => void): void {
    this.ended = ended;
  }

  get status(): RebuildState {
    return this.current;
  }

  /**
   * Starts one, or goes on with the one under way.
   * @param views names of stored views, each after those that it rests on
   */
  start(views: readonly [string, ...string[]]): RebuildState {
    if (this.worker) return this.current;
    const setup: RebuildSetup = { config: this.config, views };
    const worker = new Worker(new URL('./rebuild-worker.js', import.meta.url), { workerData: setup });
    let view = views[0];
    this.current = { state: 'RUNNING', view };
    this.worker = worker;
    worker.on('message', (message: RebuildMessage) => {
      view = message.view;
      if ('progress' in message) this.current = { state: 'RUNNING', view, progress: message.progress };
      else if ('done' in message) this.current = { state: 'DONE', view, result: message.done };
      else this.current = { state: 'FAILED', view, error: message.failed };
    });
    worker.on(
      'error',
      (error) =>
        (this.current = { state: 'FAILED', view, error: error instanceof Error ? error.message : 'unknown error' }),
    );
    worker.on('exit', () => {
      this.worker = undefined;
      this.ended();
      if (this.current.state === 'RUNNING')
        this.current = {
          state: 'FAILED',
          view,
          error: 'the thread ended before the rebuild was done; starting again goes on from there',
        };
    });
    return this.current;
  }

  /**
   * Lets the thread finish its piece of work and end; what it has written is kept and gone on from next time. The
   * longest piece is the index of the reports, some seconds in a large register. A thread that was cut off inside
   * SQLite would take the process with it.
   */
  async stop(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage(END_REBUILD);
    await ended;
  }
}
