import { LRUCache } from 'lru-cache';
import { type SqliteDatabase, type SqliteStatement, rollback } from '../../sqlite/sqlite.js';
import { APPENDED_AT_ANY_TIME, APPENDED_IN_ORDER } from './sqlite-schema.js';
import { decideAppend, timesRise } from '../append-decision.js';
import {
  type Append,
  type AppendResult,
  type Direction,
  EventStoreError,
  EventStoreUnusable,
  type ReadLogOptions,
  type ReadStreamOptions,
  type RecordPlace,
  type StoredRecord,
  type StreamHead,
  type StreamTexts,
} from '../event-store.js';
import { DAMAGED } from './sqlite-access.js';
import { BLOCK, type BlockRow, selectBlock, selectTexts, type TextsRow, toBytes, toRecords } from './sqlite-rows.js';

/** Where the log stands while a group is being written, and where the group's ids do. */
interface WritingState {
  position: bigint;
  recordedAt: string | undefined;
  readonly places: Map<string, RecordPlace>;
}

interface WrittenStream {
  readonly key: bigint;
  revision: bigint | undefined;
  /** Of the last record, where this connection wrote it. */
  hash?: Uint8Array;
}

/** Of so many streams it is remembered where this connection left them. */
const REMEMBERED_STREAMS = 20_000;
/** Fewer ids than these are looked up one by one: the text of a list costs more than the look-ups. */
const WORTH_A_LIST = 8;

/** The log's statements on one open file. Synchronous; may throw the driver's errors. */
export class SqliteLog {
  private readonly insertStream: SqliteStatement;
  private readonly insertEvent: SqliteStatement;
  private readonly selectHead: SqliteStatement;
  private readonly selectStreamHead: SqliteStatement;
  private readonly selectStreamPlace: SqliteStatement;
  private readonly selectById: SqliteStatement;
  private readonly selectByIds: SqliteStatement;
  private readonly selectCount: SqliteStatement;
  private readonly selectLastStreamKey: SqliteStatement;
  private readonly selectStream: Record<Direction, SqliteStatement>;
  private readonly selectTexts: SqliteStatement;
  private readonly selectLog: Record<Direction, SqliteStatement>;
  private readonly selectDataVersion: SqliteStatement;
  private readonly selectMisplaced: SqliteStatement;
  private readonly selectInStream: SqliteStatement;
  /** Whether the transaction under way takes times that run backwards. */
  private takesAnyTime = false;
  private readonly streams = new LRUCache<string, WrittenStream>({ max: REMEMBERED_STREAMS });
  /** What {@link dataVersion} said when the remembered streams were last known to stand there. */
  private rememberedAt: bigint | undefined;

  /** Where the log stood when this connection wrote first. */
  private thereBefore: bigint | undefined;

  constructor(private readonly db: SqliteDatabase) {
    const fromStream = 'FROM streams s JOIN events e ON e.stream = s.key WHERE s.name = ?';
    const fromLog = 'FROM events e JOIN streams s ON s.key = e.stream';
    this.insertStream = this.prepare('INSERT INTO streams (key, name) VALUES (?, ?)');
    this.insertEvent = this.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.selectHead = this.prepare(
      'SELECT position, recorded_at AS recordedAt FROM events ORDER BY position DESC LIMIT 1',
    );
    this.selectStreamHead = this.prepare(`
      SELECT e.revision, e.position, e.hash, e.recorded_at AS recordedAt
      FROM streams s JOIN events e ON e.stream = s.key WHERE s.name = ? ORDER BY e.revision DESC LIMIT 1`);
    // Answered by the index alone, without touching the event's page.
    this.selectStreamPlace = this.prepare(`
      SELECT key, (SELECT max(revision) FROM events WHERE stream = key) AS revision FROM streams WHERE name = ?`);
    this.selectById = this.prepare(`
      SELECT s.name AS stream, e.revision, e.position, e.type FROM events e JOIN streams s ON s.key = e.stream WHERE e.id = ?`);
    this.selectByIds = this.prepare(`
      SELECT asked.value AS id, s.name AS stream, e.revision, e.position, e.type
      FROM json_each(?) asked CROSS JOIN events e ON e.id = unhex(asked.value, '-') JOIN streams s ON s.key = e.stream`);
    // Positions have no gaps, so the last one is the count; counting rows would read the whole file.
    this.selectCount = this.prepare('SELECT coalesce(max(position), 0) AS count FROM events WHERE position <= ?');
    this.selectLastStreamKey = this.prepare('SELECT coalesce(max(key), 0) AS key FROM streams');
    this.selectStream = {
      forwards: this.prepare(selectBlock(`${fromStream} AND e.revision >= ? ORDER BY e.revision LIMIT ?`)),
      backwards: this.prepare(selectBlock(`${fromStream} AND e.revision <= ? ORDER BY e.revision DESC LIMIT ?`)),
    };
    this.selectTexts = this.prepare(selectTexts(`${fromStream} AND e.position <= ? ORDER BY e.revision LIMIT ?`));
    this.selectLog = {
      forwards: this.prepare(selectBlock(`${fromLog} WHERE e.position > ? ORDER BY e.position LIMIT ?`)),
      backwards: this.prepare(selectBlock(`${fromLog} WHERE e.position < ? ORDER BY e.position DESC LIMIT ?`)),
    };
    this.selectDataVersion = this.prepare('PRAGMA data_version');
    // The table is read in its own order, and each id looked up in the index: the index alone answers that.
    this.selectMisplaced = this.prepare(`
      SELECT e.position FROM events e NOT INDEXED
      WHERE e.position > ? AND e.position <= ? AND (SELECT i.position FROM events i WHERE i.id = e.id) IS NOT e.position ORDER BY e.position`);
    // The sign keeps the index of ids out of it.
    this.selectInStream = this.prepare(
      'SELECT position FROM events WHERE stream = ? AND position <= ? AND +id = ? LIMIT 1',
    );
  }

  /** Takes the write lock of the file. */
  begin(): void {
    this.db.exec('BEGIN IMMEDIATE');
  }

  /**
   * Writes appends under the lock that `begin` took, and commits. Every append is judged before a row of it is written,
   * so that each is atomic for itself without a savepoint.
   * @returns the answers in the order of the appends
   * @throws the driver's error; then nothing of the group was written
   */
  writeGroup(appends: readonly Append[]): (AppendResult | EventStoreError)[] {
    try {
      this.forgetWhatOthersMoved();
      const head = this.selectHead.get() as { position: bigint; recordedAt: string } | undefined;
      this.thereBefore ??= head?.position ?? 0n;
      const state: WritingState = {
        position: head?.position ?? 0n,
        recordedAt: head?.recordedAt,
        places: this.placesOf(appends.flatMap(({ records }) => records.map(({ id }) => id))),
      };
      const answers = appends.map((append) => this.write(append, state));
      if (this.takesAnyTime) this.db.exec(APPENDED_IN_ORDER);
      this.takesAnyTime = false;
      this.db.exec('COMMIT');
      return answers;
    } catch (error) {
      this.streams.clear();
      this.takesAnyTime = false;
      rollback(this.db);
      throw error;
    }
  }

  streamHead(stream: string): StreamHead | undefined {
    const row = this.selectStreamHead.get(stream) as StreamHead | undefined;
    return row && { ...row };
  }

  readStream(stream: string, { direction = 'forwards', from, limit = Infinity }: ReadStreamOptions): StoredRecord[] {
    const start = from ?? (direction === 'forwards' ? 0n : END);
    const step = direction === 'forwards' ? 1n : -1n;
    return inBlocks(
      limit,
      (last, size) =>
        this.selectStream[direction].get(stream, last ? last.revision + step : start, size) as unknown as BlockRow,
    );
  }

  /** @returns undefined for a stream of more records than a block has */
  readTexts(stream: string, upTo: bigint): StreamTexts | undefined {
    const { count, ...texts } = this.selectTexts.get(stream, upTo, BLOCK + 1) as unknown as TextsRow;
    return count > BLOCK ? undefined : texts;
  }

  readLog({ direction = 'forwards', from, limit }: ReadLogOptions): StoredRecord[] {
    const start = from ?? (direction === 'forwards' ? 0n : END);
    return inBlocks(
      limit,
      (last, size) => this.selectLog[direction].get(last?.position ?? start, size) as unknown as BlockRow,
    );
  }

  /** Where those of the ids stand that are in the log. */
  placesOf(ids: readonly string[]): Map<string, RecordPlace> {
    const places = new Map<string, RecordPlace>();
    if (ids.length < WORTH_A_LIST) {
      for (const id of ids) {
        const place = this.selectById.get(toBytes(id)) as RecordPlace | undefined;
        if (place) places.set(id, place);
      }
      return places;
    }
    for (const { id, ...place } of this.selectByIds.all(JSON.stringify(ids)) as unknown as (RecordPlace & {
      id: string;
    })[])
      places.set(id, place);
    return places;
  }

  misplaced(after: bigint, to: bigint): bigint[] {
    return (this.selectMisplaced.all(after, to) as { position: bigint }[]).map(({ position }) => position);
  }

  /** @returns up to a hundred findings */
  checkFile(): string[] {
    const rows = this.db.prepare('PRAGMA integrity_check(100)').all() as { integrity_check: string }[];
    return rows.map(({ integrity_check }) => integrity_check).filter((finding) => finding !== 'ok');
  }

  head(): bigint {
    return (this.selectHead.get() as { position: bigint } | undefined)?.position ?? 0n;
  }

  count(upTo: bigint = END): number {
    return Number((this.selectCount.get(upTo) as { count: bigint }).count);
  }

  /** A number that changes when another connection has committed. */
  dataVersion(): bigint {
    return (this.selectDataVersion.get() as { data_version: bigint }).data_version;
  }

  private write(append: Append, state: WritingState): AppendResult | EventStoreError {
    const stream = this.streamIn(append.stream);
    const decision = decideAppend(
      append,
      stream?.revision,
      (id) => state.places.get(id),
      () => stream?.hash ?? this.streamHead(append.stream)?.hash,
    );
    if (decision instanceof EventStoreError) return decision;
    if (decision) return { revision: decision.revision, position: decision.position, already: true };
    const behind = timesRise(append, state.recordedAt);
    if (behind && !append.copied) return behind;
    if (behind) this.takeTimesAsTheyAre();

    if (stream) this.assertNotThere(append, stream);
    const target = stream ?? this.newStream(append.stream);
    for (const record of append.records) {
      target.revision = (target.revision ?? -1n) + 1n;
      state.position += 1n;
      state.recordedAt = record.recordedAt;
      target.hash = record.hash;
      this.insertEvent.run(
        state.position,
        target.key,
        target.revision,
        toBytes(record.id),
        record.type,
        record.recordedAt,
        record.body,
        record.hash,
      );
      state.places.set(record.id, {
        stream: append.stream,
        revision: target.revision,
        position: state.position,
        type: record.type,
      });
    }
    return { revision: target.revision!, position: state.position, already: false };
  }

  /**
   * An id that is not found may stand in the log all the same, when the index of ids is damaged: then what is sent
   * again, an import as a rule, would be recorded twice. So each id is looked for in its own stream as well, among what
   * lay there before this connection wrote first.
   * @throws EventStoreUnusable
   */
  private assertNotThere({ records }: Append, stream: WrittenStream): void {
    if (!this.thereBefore) return;
    for (const { id } of records) {
      const found = this.selectInStream.get(stream.key, this.thereBefore, toBytes(id)) as
        { position: bigint } | undefined;
      if (found)
        throw new EventStoreUnusable(
          `the event store is damaged: event ${id} lies at position ${found.position}, but is not found by its id; run fok check`,
        );
    }
  }

  /**
   * Under the lock nobody else writes; whether somebody has since this connection wrote last shows in the data version.
   */
  private forgetWhatOthersMoved(): void {
    const version = this.dataVersion();
    if (version !== this.rememberedAt) this.streams.clear();
    this.rememberedAt = version;
  }

  private streamIn(name: string): WrittenStream | undefined {
    const known = this.streams.get(name);
    if (known) return known;
    const row = this.selectStreamPlace.get(name) as { key: bigint; revision: bigint | null } | undefined;
    if (!row) return undefined;
    const stream: WrittenStream = { key: row.key, revision: row.revision ?? undefined };
    this.streams.set(name, stream);
    return stream;
  }

  private newStream(name: string): WrittenStream {
    const { key } = this.selectLastStreamKey.get() as { key: bigint };
    const stream: WrittenStream = { key: key + 1n, revision: undefined };
    this.insertStream.run(stream.key, name);
    this.streams.set(name, stream);
    return stream;
  }

  /** The file refuses times that run backwards; a copy of another log may have them. */
  private takeTimesAsTheyAre(): void {
    if (this.takesAnyTime) return;
    this.takesAnyTime = true;
    this.db.exec(APPENDED_AT_ANY_TIME);
  }

  private prepare(sql: string): SqliteStatement {
    const statement = this.db.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }
}

/** Reads up to `limit` records. @param read a block of so many records at most, after the last one read before */
function inBlocks(limit: number, read: (last: StoredRecord | undefined, size: number) => BlockRow): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (;;) {
    const size = Math.min(BLOCK, limit - records.length);
    const block = size > 0 ? wellFormed(read(records.at(-1), size)) : [];
    records.push(...block);
    if (block.length < BLOCK) return records;
  }
}

/** @throws EventStoreUnusable for what a whole file never gives */
function wellFormed(row: BlockRow): StoredRecord[] {
  try {
    return toRecords(row);
  } catch (error) {
    throw new EventStoreUnusable(DAMAGED, { cause: error });
  }
}

/** Beyond the last position and revision that SQLite can hold. */
const END = 2n ** 63n - 1n;
