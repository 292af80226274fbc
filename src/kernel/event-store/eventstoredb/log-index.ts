import { type Direction, EventStoreRefused, EventStoreUnavailable, type RecordPlace } from '../event-store.js';
import { isEventId } from '../append-decision.js';
import { toUuid } from '../sqlite/sqlite-rows.js';
import { CatchUp } from './catch-up.js';
import type { Connection } from './connection.js';
import { IndexBegunAnew, IndexTables } from './index-tables.js';
import type { Reading } from './reading.js';
import type { MarkedRecord } from './records.js';

const PAGE_SIZE = 500;

/** A wait for a record to come by. */
export interface Watch {
  /** As it was read; undefined when it does not come by within so many milliseconds. */
  record(ms: number): Promise<MarkedRecord | undefined>;
  end(): void;
}

/**
 * The local index of ids, kept current by following the log. What it answers holds for the moment of the question: it
 * first asks the server where the log ends, and waits until it has come that far.
 */
export class LogIndex {
  private following: CatchUp | undefined;
  private broken: unknown;
  private live = false;
  private closed = false;
  private readonly waiting = new Set<() => void>();
  private readonly watched = new Map<string, (record: MarkedRecord) => void>();
  private running: Promise<void> | undefined;
  private latest = '';

  /**
   * @param patienceMs how long to wait while the index makes no progress
   * @param onGrown told of every record that came, and whenever some may have come unseen
   */
  constructor(
    private readonly tables: IndexTables,
    private readonly connection: Connection,
    private readonly reading: Reading,
    private readonly namespace: string,
    private readonly patienceMs: number,
    private readonly onGrown: () => void,
  ) {}

  /**
   * Begins to follow the log, from where the index was left if that is still the same one. Asking for ids or a count
   * begins it too; a process that only reads does without.
   */
  start(): void {
    this.running ??= this.run();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.changed();
    await this.running;
    await this.following?.stop();
    this.tables.close();
  }

  /** True when the id is known to be in the log; false says nothing yet about what was written in the last moment. */
  knows(id: string): boolean {
    return this.tables.has(id);
  }

  /** False when a stream has had no records up to the last moment. */
  mayHaveStream(stream: string): boolean {
    return !this.live || this.tables.hasStream(stream);
  }

  async find(ids: readonly string[]): Promise<Map<string, RecordPlace>> {
    await this.catchUp();
    const found = new Map<string, RecordPlace>();
    for (const id of ids) {
      const place = isEventId(id) ? this.tables.placeOf(id) : undefined;
      if (place) found.set(id, place);
    }
    return found;
  }

  async count(upTo?: bigint): Promise<number> {
    const head = await this.catchUp();
    return this.tables.count(upTo ?? head);
  }

  /**
   * From where to read the server's log when no event stands at a position: a place from which the same records of ours
   * follow.
   */
  async placeFor(position: bigint, direction: Direction): Promise<bigint | undefined> {
    await this.catchUp();
    return this.tables.nearest(position, direction === 'forwards' ? 'before' : 'after');
  }

  async head(): Promise<bigint> {
    const known = this.tables.seen();
    return (await this.reading.lastAfter(known)) ?? this.tables.last()?.position ?? 0n;
  }

  /** The latest recordedAt of what has come by. */
  get latestSeen(): string {
    return this.latest;
  }

  /** Watches for a record that is about to be written. */
  watch(id: string): Watch {
    let came: (record: MarkedRecord | undefined) => void = () => undefined;
    const seen = new Promise<MarkedRecord | undefined>((resolve) => {
      came = resolve;
    });
    this.watched.set(id, came);
    return {
      record: (ms) => {
        // While history is still being read the record may be long in coming.
        const timer = setTimeout(() => came(undefined), this.live ? ms : 0);
        return seen.finally(() => clearTimeout(timer));
      },
      end: () => {
        if (this.watched.get(id) === came) this.watched.delete(id);
      },
    };
  }

  /** Waits until the index holds all that stands in the log now; gives the log's last position. */
  private async catchUp(): Promise<bigint> {
    this.start();
    const head = await this.head();
    // A step need not move the index on: of several processes that share its file another one may have been quicker.
    while (this.tables.seen() < head) {
      // The server has just answered: what it refused before it may not refuse any more.
      if (this.broken instanceof EventStoreRefused) this.following?.retryNow();
      else if (this.broken !== undefined) throw this.broken;
      const moved = await this.progress();
      if (this.broken !== undefined) throw this.broken;
      if (this.closed) throw new EventStoreUnavailable('the event store is closed');
      if (!moved) throw new EventStoreUnavailable('the index of event ids cannot follow EventStoreDB right now');
    }
    return head;
  }

  /** Waits for the next step of the index. @returns false when there has been none for too long */
  private progress(): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (moved: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(step);
        resolve(moved);
      };
      const step = () => end(true);
      const timer = setTimeout(() => end(false), this.patienceMs);
      this.waiting.add(step);
    });
  }

  private async run(): Promise<void> {
    await this.forgetAnotherLog();
    if (!this.closed) this.follow();
  }

  private follow(): void {
    this.following = new CatchUp(this.connection, this.namespace, {
      after: this.tables.resume(),
      pageSize: PAGE_SIZE,
      onPage: async (records) => this.take(records),
      onCheckpoint: (position) => {
        this.tables.seenUpTo(position);
        this.moved();
      },
      onLive: () => {
        this.live = true;
        this.moved();
        this.onGrown();
      },
      onLost: () => {
        this.live = false;
      },
      onRefused: (error) => this.breakBy(error),
      onError: (error) => {
        // What was read here does not follow on what another process left.
        if (error instanceof IndexBegunAnew && !this.closed) this.follow();
        else this.breakBy(error);
      },
    });
  }

  /** What waits for the index fails by the error, until it is live again. */
  private breakBy(error: unknown): void {
    this.live = false;
    this.broken = error;
    this.changed();
    this.onGrown();
  }

  /**
   * An index whose last record does not stand where it stood belongs to another log, or to one that was restored: it is made anew. Where nobody
   * could look, because the server is away or refuses, it stays as it is: other processes may be using it.
   */
  private async forgetAnotherLog(): Promise<void> {
    const last = this.tables.last();
    while (last && !this.closed) {
      try {
        const id = await this.reading.idAt(last.position);
        if (id !== toUuid(last.id)) this.tables.clear();
        this.broken = undefined;
        return;
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) this.breakBy(error);
        await this.progress();
      }
    }
  }

  private take(records: MarkedRecord[]): void {
    this.tables.add(records);
    for (const record of records) {
      if (record.recordedAt > this.latest) this.latest = record.recordedAt;
      this.watched.get(record.id)?.(record);
    }
    this.moved();
    this.onGrown();
  }

  /** It follows again, whatever was in its way before. */
  private moved(): void {
    this.broken = undefined;
    this.changed();
  }

  private changed(): void {
    for (const done of this.waiting) done();
  }
}
