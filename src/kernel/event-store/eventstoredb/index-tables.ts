import { openOwnFile, type OwnFile } from '../../sqlite/own-file.js';
import {
  type SqliteDatabase,
  type SqliteStatement,
  closeDatabase,
  inTransaction,
  sqliteFailure,
} from '../../sqlite/sqlite.js';
import { EventStoreUnusable, type RecordPlace, type StoredRecord } from '../event-store.js';
import { toBytes } from '../sqlite/sqlite-rows.js';

/** Changes when the tables do; an index of another version is thrown away. */
const VERSION = 2;

/** How long a write waits for another process that shares the file; each writes for some milliseconds only. */
const BUSY_MS = 5000;

const TABLES = `
DROP TABLE IF EXISTS records;
DROP TABLE IF EXISTS streams;
DROP TABLE IF EXISTS seen;
DROP TABLE IF EXISTS begun;
CREATE TABLE streams (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE records (
  ordinal  INTEGER PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  id       BLOB    NOT NULL,
  stream   INTEGER NOT NULL REFERENCES streams (key),
  revision INTEGER NOT NULL,
  type     TEXT    NOT NULL
) STRICT;
CREATE INDEX records_by_id ON records (id);
CREATE TABLE seen (position INTEGER NOT NULL) STRICT;
INSERT INTO seen VALUES (0);
CREATE TABLE begun (times INTEGER NOT NULL) STRICT;
INSERT INTO begun VALUES (1);
PRAGMA user_version = ${VERSION};
`;

/** Another process has begun the index anew: what was to be added does not follow on what is there. */
export class IndexBegunAnew extends Error {}

/** A record's place with its id. */
export interface IndexedRecord extends RecordPlace {
  readonly id: Uint8Array;
}

/**
 * Which ids the server's log holds, and how many records, in a SQLite file that may be thrown away at any time: the
 * server can find an event only by its stream, and cannot count.
 */
export class IndexTables {
  private readonly db: SqliteDatabase;
  private readonly insertRecord: SqliteStatement;
  private readonly insertStream: SqliteStatement;
  private readonly selectStream: SqliteStatement;
  private readonly selectId: SqliteStatement;
  private readonly selectPlace: SqliteStatement;
  private readonly selectCount: SqliteStatement;
  private readonly selectLast: SqliteStatement;
  private readonly selectSeen: SqliteStatement;
  private readonly selectBefore: SqliteStatement;
  private readonly selectAfter: SqliteStatement;
  private readonly updateSeen: SqliteStatement;
  private readonly selectBegun: SqliteStatement;
  /** How often the index had been begun when this process last looked where to go on. */
  private begun: bigint;

  /**
   * @param path a file, or `:memory:`. Several processes may share a file: each adds what follows on what is there, so
   * that it always holds
   *   the log's beginning without gaps.
   * @throws EventStoreUnusable
   */
  constructor(path: string) {
    this.db = openIndex(path);
    this.insertRecord = this.prepare(
      'INSERT OR IGNORE INTO records (position, id, stream, revision, type) VALUES (?, ?, ?, ?, ?)',
    );
    this.insertStream = this.prepare('INSERT INTO streams (name) VALUES (?)');
    this.selectStream = this.prepare('SELECT key FROM streams WHERE name = ?');
    this.selectId = this.prepare('SELECT 1 FROM records WHERE id = ? LIMIT 1');
    const place =
      'SELECT s.name AS stream, r.revision, r.position, r.type, r.id FROM records r JOIN streams s ON s.key = r.stream';
    // The first that was written with the id counts.
    this.selectPlace = this.prepare(`${place} WHERE r.id = ? ORDER BY r.position LIMIT 1`);
    this.selectLast = this.prepare(`${place} ORDER BY r.ordinal DESC LIMIT 1`);
    this.selectCount = this.prepare('SELECT ordinal FROM records WHERE position <= ? ORDER BY position DESC LIMIT 1');
    this.selectBefore = this.prepare('SELECT max(position) AS position FROM records WHERE position <= ?');
    this.selectAfter = this.prepare('SELECT min(position) AS position FROM records WHERE position >= ?');
    this.selectSeen = this.prepare('SELECT position FROM seen');
    this.updateSeen = this.prepare('UPDATE seen SET position = max(position, ?)');
    this.selectBegun = this.prepare('SELECT times FROM begun');
    this.begun = this.timesBegun();
  }

  /**
   * Where to go on from: up to there the index holds the log. Everything is added after that, as long as no other process begins the index
   * anew.
   */
  resume(): bigint {
    this.begun = this.timesBegun();
    return this.seen();
  }

  /** Takes records that come after all others. @throws IndexBegunAnew when they do not, because another process began anew */
  add(records: readonly StoredRecord[]): void {
    this.atomically(() => {
      this.assertSame();
      for (const { stream, position, id, revision, type } of records) {
        const known = this.selectStream.get(stream) as { key: bigint } | undefined;
        const key = known?.key ?? this.insertStream.run(stream).lastInsertRowid;
        this.insertRecord.run(position, toBytes(id), key, revision, type);
      }
      this.updateSeen.run(records.at(-1)!.position);
    });
  }

  /** Notes that nothing of ours stands up to a position that is not in the index. @throws IndexBegunAnew */
  seenUpTo(position: bigint): void {
    this.atomically(() => {
      this.assertSame();
      this.updateSeen.run(position);
    });
  }

  seen(): bigint {
    return (this.selectSeen.get() as { position: bigint }).position;
  }

  has(id: string): boolean {
    return this.selectId.get(toBytes(id)) !== undefined;
  }

  hasStream(stream: string): boolean {
    return this.selectStream.get(stream) !== undefined;
  }

  placeOf(id: string): RecordPlace | undefined {
    const row = this.selectPlace.get(toBytes(id)) as IndexedRecord | undefined;
    return row && { stream: row.stream, revision: row.revision, position: row.position, type: row.type };
  }

  last(): IndexedRecord | undefined {
    return this.selectLast.get() as IndexedRecord | undefined;
  }

  /** How many records stand up to and including a position. */
  count(upTo: bigint): number {
    return Number((this.selectCount.get(upTo) as { ordinal: bigint } | undefined)?.ordinal ?? 0n);
  }

  /** The record's position that is nearest to another position, at it or on the side asked for. */
  nearest(position: bigint, side: 'before' | 'after'): bigint | undefined {
    const row = (side === 'before' ? this.selectBefore : this.selectAfter).get(position) as { position: bigint | null };
    return row.position ?? undefined;
  }

  /** Forgets everything, so that every process that shares the file begins anew. */
  clear(): void {
    this.atomically(() =>
      this.db.exec(
        'DELETE FROM records; DELETE FROM streams; UPDATE seen SET position = 0; UPDATE begun SET times = times + 1',
      ),
    );
  }

  close(): void {
    closeDatabase(this.db);
  }

  private timesBegun(): bigint {
    return (this.selectBegun.get() as { times: bigint }).times;
  }

  private assertSame(): void {
    if (this.timesBegun() !== this.begun)
      throw new IndexBegunAnew('another process has begun the index of event ids anew');
  }

  private atomically(write: () => void): void {
    try {
      inTransaction(this.db, write);
    } catch (error) {
      throw error instanceof IndexBegunAnew ? error : unusable(error);
    }
  }

  private prepare(sql: string): SqliteStatement {
    const statement = this.db.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }
}

/** `synchronous` is NORMAL, as losing the last records costs reading them again. */
const INDEX_FILE: OwnFile = {
  name: 'index of event ids',
  schema: TABLES,
  format: VERSION,
  writing: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536',
  disposable: true,
  whenAltered: 'it may be deleted at any time',
  refused: (why) => new EventStoreUnusable(why),
};

function openIndex(path: string): SqliteDatabase {
  try {
    return openOwnFile(path, INDEX_FILE, { busyTimeoutMs: BUSY_MS });
  } catch (error) {
    if (error instanceof EventStoreUnusable) throw error;
    throw unusable(error);
  }
}

function unusable(error: unknown): EventStoreUnusable {
  const what = sqliteFailure(error) ?? 'OTHER';
  return new EventStoreUnusable(
    `the index of event ids cannot be kept in its file (${what}); it may be deleted at any time`,
    { cause: error },
  );
}
