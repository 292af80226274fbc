import type { EventStore, StoredRecord, Watch } from '../../../src/kernel/event-store/event-store.js';

const PATIENCE_MS = 10_000;
const PAGE = 100;

/** Reads on whenever a store says that its log may have grown, remembers what it got, and can wait for more. */
export class Follower {
  readonly got: StoredRecord[] = [];
  /** How often the store called. */
  calls = 0;
  private readonly watch: Watch;
  private reading: Promise<void> = Promise.resolve();
  private readonly watchers = new Set<() => void>();

  constructor(
    private readonly store: EventStore,
    private position = 0n,
  ) {
    this.watch = store.watch(() => {
      this.calls += 1;
      this.readOn();
    });
    this.readOn();
  }

  /** Waits until it has got so many records. */
  async records(count: number): Promise<void> {
    if (this.got.length >= count) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(watcher);
        reject(new Error(`waited ${PATIENCE_MS} ms for ${count} records; got ${this.got.length}`));
      }, PATIENCE_MS);
      const watcher = () => {
        if (this.got.length < count) return;
        clearTimeout(timer);
        this.watchers.delete(watcher);
        resolve();
      };
      this.watchers.add(watcher);
    });
  }

  /** Waits until it has read all that it was told of. */
  async still(): Promise<void> {
    await this.reading;
  }

  async stop(): Promise<void> {
    this.watch.stop();
    await this.reading;
  }

  /** A store that is away calls again when it is back. */
  private readOn(): void {
    this.reading = this.reading.then(() => this.toTheEnd()).catch(() => undefined);
  }

  private async toTheEnd(): Promise<void> {
    for (;;) {
      const page = await this.store.readLog({ from: this.position, limit: PAGE });
      if (page.length === 0) return;
      this.position = page.at(-1)!.position;
      this.got.push(...page);
      for (const watcher of this.watchers) watcher();
    }
  }
}
