import type {
  EventStore,
  StoredRecord,
  SubscribeOptions,
  Subscription,
} from '../../../src/kernel/event-store/event-store.js';

const PATIENCE_MS = 10_000;

/** A subscriber that remembers what it got and can wait for more. */
export class Follower {
  readonly got: StoredRecord[] = [];
  readonly pages: number[] = [];
  readonly errors: unknown[] = [];
  caughtUp = 0;
  private readonly subscription: Subscription;
  private readonly watchers = new Set<() => void>();

  constructor(
    store: EventStore,
    after = 0n,
    options: SubscribeOptions & { handle?: (page: StoredRecord[]) => Promise<void> } = {},
  ) {
    this.subscription = store.subscribe(
      after,
      async (page) => {
        this.got.push(...page);
        this.pages.push(page.length);
        this.changed();
        await options.handle?.(page);
      },
      {
        pageSize: options.pageSize,
        onCaughtUp: () => {
          this.caughtUp++;
          this.changed();
        },
        onError: (error) => {
          this.errors.push(error);
          this.changed();
        },
      },
    );
  }

  /** Waits until it has got so many records. */
  async records(count: number): Promise<void> {
    await this.until(
      () => this.got.length >= count,
      () => `${count} records; got ${this.got.length}`,
    );
  }

  async live(): Promise<void> {
    await this.until(
      () => this.caughtUp > 0,
      () => 'being caught up',
    );
  }

  async failed(): Promise<void> {
    await this.until(
      () => this.errors.length > 0,
      () => 'an error',
    );
  }

  stop(): Promise<void> {
    return this.subscription.stop();
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }

  private async until(reached: () => boolean, what: () => string): Promise<void> {
    if (reached()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(watcher);
        reject(new Error(`waited ${PATIENCE_MS} ms for ${what()}`));
      }, PATIENCE_MS);
      const watcher = () => {
        if (!reached()) return;
        clearTimeout(timer);
        this.watchers.delete(watcher);
        resolve();
      };
      this.watchers.add(watcher);
    });
  }
}
