import { flushFile } from '../../sqlite/copy.js';
import { FileIdentity } from '../../sqlite/file-identity.js';
import { schemaDifference } from '../../sqlite/schema.js';
import { type SqliteDatabase, closeDatabase } from '../../sqlite/sqlite.js';
import { assertWellFormed, isEventId } from '../append-decision.js';
import {
  type Append,
  type AppendResult,
  type EventStore,
  type EventStoreError,
  EventStoreUnavailable,
  EventStoreUnusable,
  type ReadLogOptions,
  type ReadStreamOptions,
  type RecordPlace,
  type StoredRecord,
  type StreamHead,
  type StreamTexts,
  type Watch,
} from '../event-store.js';
import { Watchers } from '../watchers.js';
import { GroupWriter } from './group-writer.js';
import { whenNotBusy } from './sqlite-access.js';
import { openEventFile } from './sqlite-file.js';
import { SqliteLog } from './sqlite-log.js';
import { SCHEMA } from './sqlite-schema.js';

/** How often the file is asked whether another process has written. */
const POLL_MS = 200;
const DEFAULT_BUSY_LIMIT_MS = 30_000;

export interface SqliteEventStoreOptions {
  /** The file; made when it is not there. */
  readonly path: string;
  /** For looking only: the file must be there, and appends are refused. */
  readonly readOnly?: boolean;
  /**
   * How long a call waits while other processes hold the lock, before it is EventStoreUnavailable. Default 30,000 ms.
   */
  readonly busyTimeoutMs?: number;
}

/**
 * The log in one SQLite file, for one or several processes of one machine.
 * An append is durable when it is answered (WAL, `synchronous=FULL`); appends that arrive while one is written share
 * the next flush.
 */
export class SqliteEventStore implements EventStore {
  readonly name = 'sqlite';
  readonly gapless = true;
  readonly checksChain = true;

  private readonly log: SqliteLog;
  private readonly writer: GroupWriter;
  private readonly watchers = new Watchers(
    () => this.startPolling(),
    () => clearInterval(this.poll),
  );
  private poll: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(
    private readonly db: SqliteDatabase,
    private readonly file: FileIdentity,
    private readonly busyLimitMs: number,
  ) {
    this.log = new SqliteLog(db);
    const fileThere = (): void => this.assertFileThere();
    this.writer = new GroupWriter(this.log, busyLimitMs, fileThere, () => this.watchers.tell());
  }

  /**
   * Opens the file, making it when it is new.
   * @throws EventStoreUnusable when it is not ours, newer than this program, read-only or damaged;
   * EventStoreUnavailable when it stays locked
   */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const busyLimitMs = options.busyTimeoutMs ?? DEFAULT_BUSY_LIMIT_MS;
    return whenNotBusy(busyLimitMs, () => {
      const db = openEventFile(options.path, options.readOnly ?? false);
      return new SqliteEventStore(db, FileIdentity.of(options.path), busyLimitMs);
    });
  }

  async appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    this.assertOpen();
    for (const append of appends) assertWellFormed(append);
    return Promise.all(appends.map((append) => this.writer.enqueue(append)));
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    return this.whenFree(() => this.log.streamHead(stream));
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<StoredRecord[]> {
    return this.whenFree(() => this.log.readStream(stream, options));
  }

  async readTexts(stream: string, upTo: bigint): Promise<StreamTexts | undefined> {
    return this.whenFree(() => this.log.readTexts(stream, upTo));
  }

  async readLog(options: ReadLogOptions): Promise<StoredRecord[]> {
    return this.whenFree(() => this.log.readLog(options));
  }

  async find(ids: readonly string[]): Promise<Map<string, RecordPlace>> {
    return this.whenFree(() => this.log.placesOf(ids.filter(isEventId)));
  }

  async misplaced(after: bigint, to: bigint): Promise<bigint[]> {
    return this.whenFree(() => this.log.misplaced(after, to));
  }

  async checkFile(): Promise<string[]> {
    return this.whenFree(() => this.log.checkFile());
  }

  async checkSchema(): Promise<string | undefined> {
    return this.whenFree(() => schemaDifference(this.db, SCHEMA));
  }

  /** @throws EventStoreUnusable also when the file is no longer where it was opened */
  async head(): Promise<bigint> {
    this.assertFileThere();
    return this.whenFree(() => this.log.head());
  }

  async count(upTo?: bigint): Promise<number> {
    return this.whenFree(() => this.log.count(upTo));
  }

  watch(onGrown: () => void): Watch {
    this.assertOpen();
    return this.watchers.add(onGrown);
  }

  /**
   * Writes a whole and consistent copy of the log as it stands to a new file; other processes may go on writing.
   * This process's event loop stands still meanwhile, so it is for a command of its own.
   * @throws EventStoreUnusable when the file is there already or cannot be written
   */
  async backup(path: string): Promise<void> {
    await this.writer.idle();
    await this.whenFree(() => this.db.prepare('VACUUM INTO ?').run(path));
    await flushFile(path);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.watchers.close();
    await this.writer.idle();
    closeDatabase(this.db);
  }

  /**
   * Another process's commit shows in a number that SQLite keeps in shared memory; a glance at it costs microseconds.
   */
  private startPolling(): void {
    let seen = this.dataVersion();
    this.poll = setInterval(() => {
      const now = this.dataVersion();
      if (now !== undefined && now === seen) return;
      seen = now;
      this.watchers.tell();
    }, POLL_MS);
  }

  /** Undefined when it cannot be told right now: then those who watch look for themselves. */
  private dataVersion(): bigint | undefined {
    try {
      return this.log.dataVersion();
    } catch {
      return undefined;
    }
  }

  private async whenFree<T>(read: () => T): Promise<T> {
    return whenNotBusy(this.busyLimitMs, () => {
      this.assertOpen();
      return read();
    });
  }

  /** @throws EventStoreUnusable: what is written to a file that is gone would be acknowledged and lost */
  private assertFileThere(): void {
    if (this.file.isThere()) return;
    throw new EventStoreUnusable(
      "the log's file was removed or replaced while it was open: nothing more is recorded; stop, bring it back, start again",
    );
  }

  private assertOpen(): void {
    if (this.closed) throw new EventStoreUnavailable('the event store is closed');
  }
}
