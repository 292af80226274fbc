import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { START, type AllStreamSubscription, streamNameFilter } from '@eventstore/db-client';
import { type EventStoreError, EventStoreRefused, EventStoreUnavailable } from '../event-store.js';
import type { Connection } from './connection.js';
import { type MarkedRecord, toRecord } from './records.js';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;
/** Whoever was refused asks again more slowly: somebody has to give the right back, or the password. */
const FIRST_RETRY_REFUSED_MS = 5000;
const LAST_RETRY_REFUSED_MS = 60_000;

export interface CatchUpOptions {
  readonly after: bigint;
  readonly pageSize: number;
  readonly onPage: (records: MarkedRecord[]) => Promise<void>;
  /** Everything of ours up to this position has been delivered, though the event there is another's. */
  readonly onCheckpoint?: (position: bigint) => void;
  /** Each time history was delivered: at first, and again after each lost connection. */
  readonly onLive?: () => void;
  readonly onLost?: () => void;
  /** The server refuses to be followed, now; it is asked again, at first after 5 s, then ever more slowly. */
  readonly onRefused?: (error: EventStoreError) => void;
  /** The subscription has ended by this error: the subscriber's own, or that nothing stands where it was to go on. */
  readonly onError: (error: unknown) => void;
}

/**
 * A subscription to our part of the server's log that outlives the connection: the client's own ends for good with the
 * first error, so it is made again, after a pause that grows, from the last position or checkpoint.
 */
export class CatchUp {
  private position: bigint;
  private retryMs = FIRST_RETRY_MS;
  private refusedMs = FIRST_RETRY_REFUSED_MS;
  /** Whether the subscriber is at work, whose failures are its own. */
  private handing = false;
  private readonly stopping = new AbortController();
  private hurry = new AbortController();
  private wake: () => void = () => undefined;
  private readonly ended: Promise<void>;

  constructor(
    private readonly connection: Connection,
    private readonly namespace: string,
    private readonly options: CatchUpOptions,
  ) {
    this.position = options.after;
    this.ended = this.run();
  }

  /** Ends it and waits for the page that is being handled, so it is not to be awaited inside `onPage`. */
  stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    return this.ended;
  }

  /** Asks the server again at once, when it waits because it was refused or lost its connection. */
  retryNow(): void {
    this.hurry.abort();
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      let refused = false;
      try {
        await this.follow();
      } catch (error) {
        refused = error instanceof EventStoreRefused;
        // The subscriber's own failure ends it, whatever it is; a store that cannot be reached may be that one's too.
        if (this.handing || !(refused || error instanceof EventStoreUnavailable)) return this.options.onError(error);
        if (error instanceof EventStoreRefused) this.options.onRefused?.(error);
      }
      this.options.onLost?.();
      await this.pause(refused);
    }
  }

  /** Follows until the connection is lost, which is an EventStoreUnavailable, or until stopped. */
  private async follow(): Promise<void> {
    const { pageSize } = this.options;
    const waiting: MarkedRecord[] = [];
    let failure: unknown;
    let caughtUp = false;
    let checkpoint = 0n;
    const changed = (change: () => void) => () => {
      change();
      this.wake();
    };
    const fail = (error: unknown) =>
      changed(() => {
        failure ??= error;
      })();

    const subscription = this.subscribe((position) =>
      changed(() => {
        checkpoint = position;
      })(),
    );
    subscription.on('data', ({ event }) => {
      try {
        const record = toRecord(event, this.namespace);
        if (record) waiting.push(record);
        else if (event) checkpoint = event.position.commit;
      } catch (error) {
        fail(error);
      }
      if (waiting.length >= pageSize) subscription.pause();
      this.wake();
    });
    subscription.on(
      'caughtUp',
      changed(() => {
        caughtUp = true;
      }),
    );
    subscription.on('error', (error) => fail(this.connection.failure(error, 'read $all')));
    subscription.on('end', () => fail(new EventStoreUnavailable('EventStoreDB ended the subscription')));

    try {
      while (!this.stopped) {
        if (waiting.length > 0) {
          // What came in one breath from the network makes one page.
          if (waiting.length < pageSize) await nextTurn();
          await this.deliver(waiting.splice(0, pageSize));
          if (waiting.length < pageSize) subscription.resume();
        } else if (failure !== undefined) {
          throw failure;
        } else if (subscription.readableLength > 0) {
          subscription.resume();
          await this.change();
        } else {
          this.advance(checkpoint);
          if (caughtUp) this.live();
          caughtUp = false;
          await this.change();
        }
      }
    } finally {
      subscription.removeAllListeners().on('error', () => undefined);
      subscription.unsubscribe().catch(() => undefined);
    }
  }

  private subscribe(checkpointReached: (position: bigint) => void): AllStreamSubscription {
    const place = this.position === 0n ? START : { commit: this.position, prepare: this.position };
    const filter = streamNameFilter({
      prefixes: [this.namespace],
      checkpointInterval: 1,
      // Of 24 up to 24.10.4 and 25.0.0, after events of others alone, the commit position is that of the event that comes
      // next: whoever was cut off before it came would never see it.
      checkpointReached: async (_, { commit, prepare }) => checkpointReached(prepare < commit ? prepare : commit),
    });
    return this.connection.client.subscribeToAll(
      { fromPosition: place, filter, credentials: this.connection.credentials },
      { highWaterMark: this.options.pageSize },
    );
  }

  private async deliver(page: MarkedRecord[]): Promise<void> {
    this.retryMs = FIRST_RETRY_MS;
    this.handing = true;
    await this.options.onPage(page);
    this.handing = false;
    this.position = page.at(-1)!.position;
  }

  /** Only when nothing delivered before the checkpoint is still on its way to the subscriber. */
  private advance(checkpoint: bigint): void {
    if (checkpoint <= this.position) return;
    this.handing = true;
    this.options.onCheckpoint?.(checkpoint);
    this.handing = false;
    this.position = checkpoint;
  }

  private live(): void {
    this.retryMs = FIRST_RETRY_MS;
    this.refusedMs = FIRST_RETRY_REFUSED_MS;
    this.options.onLive?.();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async pause(refused: boolean): Promise<void> {
    const ms = (refused ? this.refusedMs : this.retryMs) * (0.5 + Math.random());
    if (refused) this.refusedMs = Math.min(this.refusedMs * 2, LAST_RETRY_REFUSED_MS);
    else this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    this.hurry = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, this.hurry.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
