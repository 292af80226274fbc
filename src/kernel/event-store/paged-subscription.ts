import { EventStoreUnavailable, type StoredRecord, type SubscribeOptions, type Subscription } from './event-store.js';

const DEFAULT_PAGE_SIZE = 500;
const RETRY_MS = 200;

/**
 * A subscription to a log that is read page by page: reads on while there is something, waits to be woken when there is
 * not.
 * The store calls `wake` whenever the log may have grown.
 */
export class PagedSubscription implements Subscription {
  private grown = false;
  private stopped = false;
  private resume: (() => void) | undefined;
  private readonly ended: Promise<void>;

  /**
   * @param readPage the records after a position, at most `limit`
   * @param onEnd called once when the subscription has ended, by `stop` or by an error
   */
  constructor(
    private position: bigint,
    private readonly readPage: (after: bigint, limit: number) => Promise<StoredRecord[]>,
    private readonly onPage: (records: StoredRecord[]) => Promise<void>,
    private readonly options: SubscribeOptions,
    onEnd: () => void,
  ) {
    this.ended = this.follow()
      .catch((error: unknown) => this.fail(error))
      .finally(onEnd);
  }

  /** The log may have grown. */
  wake(): void {
    this.grown = true;
    this.resume?.();
  }

  /** Ends it and waits for the page that is being handled, so it is not to be awaited inside `onPage`. */
  stop(): Promise<void> {
    this.stopped = true;
    this.resume?.();
    return this.ended;
  }

  private async follow(): Promise<void> {
    let live = false;
    while (!this.stopped) {
      this.grown = false;
      const page = await this.read();
      if (this.stopped) return;
      if (page.length > 0) {
        await this.onPage(page);
        this.position = page.at(-1)!.position;
      } else {
        if (!live) this.options.onCaughtUp?.();
        live = true;
        await this.pause();
      }
    }
  }

  /** A page; while the store cannot be reached it is empty, and the next try comes soon. */
  private async read(): Promise<StoredRecord[]> {
    while (!this.stopped) {
      try {
        return await this.readPage(this.position, this.options.pageSize ?? DEFAULT_PAGE_SIZE);
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
        await this.pause(RETRY_MS);
      }
    }
    return [];
  }

  /** Waits until the log may have grown, until the time is up, or until `stop`. */
  private async pause(ms?: number): Promise<void> {
    if (this.stopped || (this.grown && ms === undefined)) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.resume = resolve;
      if (ms !== undefined) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.resume = undefined;
  }

  /** Nobody listening to a failure would be a silent stop: then it is an uncaught exception. */
  private fail(error: unknown): void {
    this.stopped = true;
    if (this.options.onError) this.options.onError(error);
    else
      queueMicrotask(() => {
        throw error;
      });
  }
}
