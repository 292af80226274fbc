import { CHAIN_START } from '../../integrity/chain.js';
import { assertWellFormed } from '../append-decision.js';
import {
  type Append,
  type AppendResult,
  type Disturbance,
  type EventStore,
  type EventStoreError,
  EventStoreUnavailable,
  type ReadLogOptions,
  type ReadStreamOptions,
  type RecordPlace,
  type StoredRecord,
  type StreamHead,
  type Watch,
} from '../event-store.js';
import { Watchers } from '../watchers.js';
import { Appender } from './appender.js';
import { Connection, type Credentials } from './connection.js';
import { disturbancesOf } from './disturbances.js';
import { NoEventThere } from './errors.js';
import { IndexTables } from './index-tables.js';
import { KeyedQueue } from '../../keyed-queue.js';
import { LogIndex } from './log-index.js';
import { Reading } from './reading.js';
import { type MarkedRecord, withoutMark } from './records.js';

/** Beyond some tens, more appends under way only wait on the server. */
const APPENDS_AT_ONCE = 64;
/** How long the server may be silent in the middle of an answer, and the index without progress. */
const SILENCE_MS = 10_000;

export interface EventStoreDbOptions {
  /**
   * `esdb://user:password@host:2113`, `esdb+discover://…` or several hosts, with the client's options; `?tls=false`
   * without TLS.
   */
  readonly connectionString: string;
  /** Default those of the connection string. */
  readonly credentials?: Credentials;
  /**
   * What every stream of this register begins with on the server, which may hold others' streams too; none may be the
   * beginning of another register's. Default `fok.`.
   */
  readonly namespace?: string;
  /**
   * A file for the index of event ids, which may be thrown away at any time and shared by processes; default in memory,
   * read anew at each start.
   */
  readonly indexPath?: string;
  /** How long the server may be silent. Default 10,000 ms. */
  readonly silenceMs?: number;
}

/**
 * The log on an EventStoreDB or KurrentDB server. Writers reach the server past each other, so it cannot keep their
 * times in order (no RecordedAtBehind), and an id that two processes write within milliseconds into two streams is not
 * refused.
 */
export class EventStoreDbEventStore implements EventStore {
  readonly name = 'eventstoredb';
  readonly gapless = false;

  private readonly reading: Reading;
  private readonly index: LogIndex;
  private readonly appender: Appender;
  private readonly queue = new KeyedQueue(APPENDS_AT_ONCE);
  private readonly watchers = new Watchers();
  private closing: Promise<void> | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly namespace: string,
    private readonly silenceMs: number,
    tables: IndexTables,
  ) {
    this.reading = new Reading(connection, namespace, silenceMs, (stream) => this.index.mayHaveStream(stream));
    this.index = new LogIndex(tables, connection, this.reading, namespace, silenceMs, () => this.watchers.tell());
    this.appender = new Appender(connection, this.reading, this.index, namespace);
  }

  /**
   * Makes the store; it connects by itself, and again whenever the connection is lost, so the server need not be there
   * yet.
   * @throws EventStoreUnusable for a connection string that is none, or an index file that cannot be used
   */
  static open(options: EventStoreDbOptions): EventStoreDbEventStore {
    const connection = Connection.open(options.connectionString, options.credentials);
    const tables = new IndexTables(options.indexPath ?? ':memory:');
    return new EventStoreDbEventStore(connection, options.namespace ?? 'fok.', options.silenceMs ?? SILENCE_MS, tables);
  }

  async appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    this.assertOpen();
    for (const append of appends) assertWellFormed(append);
    // Appends that share a stream or an id keep their order; the others go at the same time.
    return Promise.all(
      appends.map((append) =>
        this.queue.run([append.stream, ...append.records.map(({ id }) => id)], () => this.appender.append(append)),
      ),
    );
  }

  latestSeen(): string | undefined {
    return this.index.latestSeen || undefined;
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    this.assertOpen();
    const last = await this.reading.last(stream);
    if (!last) return undefined;
    // A stream in which only others wrote has a place to write to, and nothing to chain to.
    const { position = 0n, hash = CHAIN_START, recordedAt = '' } = last.record ?? {};
    return { revision: last.revision, position, hash, recordedAt };
  }

  async disturbances(): Promise<Disturbance[]> {
    this.assertOpen();
    return disturbancesOf(this.connection, this.namespace, this.silenceMs);
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<StoredRecord[]> {
    this.assertOpen();
    return (await this.reading.stream(stream, options)).map(withoutMark);
  }

  async readLog(options: ReadLogOptions): Promise<StoredRecord[]> {
    this.assertOpen();
    return (await this.readFromAnywhere(options)).map(withoutMark);
  }

  /** Positions are given by people and by samples too, and the server reads only from where an event stands. */
  private async readFromAnywhere(options: ReadLogOptions): Promise<MarkedRecord[]> {
    try {
      return await this.reading.log(options);
    } catch (error) {
      if (!(error instanceof NoEventThere) || options.from === undefined) throw error;
      return this.reading.log({
        ...options,
        from: await this.index.placeFor(options.from, options.direction ?? 'forwards'),
      });
    }
  }

  async find(ids: readonly string[]): Promise<Map<string, RecordPlace>> {
    this.assertOpen();
    return this.index.find(ids);
  }

  async head(): Promise<bigint> {
    this.assertOpen();
    return this.index.head();
  }

  async count(upTo?: bigint): Promise<number> {
    this.assertOpen();
    return this.index.count(upTo);
  }

  watch(onGrown: () => void): Watch {
    this.assertOpen();
    this.index.start();
    return this.watchers.add(onGrown);
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    this.watchers.close();
    await this.queue.idle();
    await this.index.close();
    await this.connection.close();
  }

  private assertOpen(): void {
    if (this.closing) throw new EventStoreUnavailable('the event store is closed');
  }
}
