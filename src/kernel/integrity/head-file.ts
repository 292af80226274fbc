import { type SqliteDatabase, closeDatabase, inTransaction, sqliteFailure } from '../sqlite/sqlite.js';
import { openOwnFile, type OwnFile } from '../sqlite/own-file.js';
import { originIn, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { type Advanced, type HeadStore, isSameHead, type KeptHead, type Lease } from './head-store.js';
import { IntegrityError } from './integrity-error.js';

/** "FOKH" in ASCII. */
const APPLICATION_ID = 0x464f4b48;
const FORMAT_VERSION = 1;
/** The triggers keep everybody who opens the file, a SQLite shell too, from putting the head back. */
export const HEAD_SCHEMA = `
CREATE TABLE head (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  origin   TEXT    NOT NULL,
  size     INTEGER NOT NULL,
  signed   TEXT    NOT NULL,
  before   INTEGER
) STRICT;
CREATE TABLE lease (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  holder   TEXT    NOT NULL,
  token    INTEGER NOT NULL,
  until    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER head_moves_forward BEFORE UPDATE ON head
WHEN NEW.origin = OLD.origin AND NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT, 'what was signed last moves only forward'); END;
CREATE TRIGGER head_stays BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'what was signed last is kept'); END;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;
const FILE_OF_THE_HEAD: OwnFile = {
  name: 'file of what was signed last',
  schema: HEAD_SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing: 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL',
  whenAltered: 'it lies beside the signing key; run fok check',
  refused: (why) => new IntegrityError('HEAD_UNUSABLE', why),
};
const BUSY_MS = 5_000;

interface HeadRow {
  readonly signed: string;
  readonly before: number | null;
}

/** The head in a SQLite file beside the signing key, for the processes of one machine. */
export class HeadFile implements HeadStore {
  private constructor(
    private readonly db: SqliteDatabase,
    private readonly now: () => number,
  ) {}

  /**
   * Opens the file, or makes it. It has no write-ahead log, so that it can be read from where nobody may write.
   * @param now milliseconds since 1970, for who may sign
   * @throws IntegrityError HEAD_UNUSABLE
   */
  static open(
    path: string,
    { readOnly = false, now = Date.now }: { readonly readOnly?: boolean; readonly now?: () => number } = {},
  ): HeadFile {
    return asHeadError(
      () => new HeadFile(openOwnFile(path, FILE_OF_THE_HEAD, { readOnly, busyTimeoutMs: BUSY_MS }), now),
    );
  }

  async head(): Promise<KeptHead | undefined> {
    return asHeadError(() => this.readHead());
  }

  async lease(): Promise<Lease | undefined> {
    const lease = asHeadError(() => this.readLease());
    return lease && lease.until > this.now() ? lease : undefined;
  }

  async takeLease(holder: string, forMs: number, how: 'IF_FREE' | 'AT_ONCE'): Promise<Lease | undefined> {
    return this.write(() => {
      const held = this.readLease();
      const now = this.now();
      const mine = held?.holder === holder && held.until > now;
      if (held && !mine && held.until > now && how === 'IF_FREE') return undefined;
      const lease: Lease = { holder, token: mine ? held.token : (held?.token ?? 0) + 1, until: now + forMs };
      this.db
        .prepare('INSERT OR REPLACE INTO lease (only_one, holder, token, until) VALUES (1, ?, ?, ?)')
        .run(lease.holder, lease.token, lease.until);
      return lease;
    });
  }

  async release({ token }: Lease): Promise<void> {
    this.write(() => this.db.prepare('UPDATE lease SET until = 0 WHERE token = ?').run(token));
  }

  async advance(lease: Lease, from: KeptHead | undefined, to: KeptHead): Promise<Advanced> {
    return this.write(() => {
      const held = this.readLease();
      if (held?.token !== lease.token || held.until <= this.now()) return 'LEASE_LOST';
      if (!isSameHead(this.readHead(), from)) return 'OVERTAKEN';
      const { checkpoint } = to.signed;
      this.db
        .prepare(
          'INSERT INTO head VALUES (1, ?, ?, ?, ?) ON CONFLICT (only_one) DO UPDATE SET origin = excluded.origin, size = excluded.size, signed = excluded.signed, before = excluded.before',
        )
        .run(originIn(checkpoint), checkpoint.size, writeCheckpoint(to.signed), to.before ?? null);
      return 'ADVANCED';
    });
  }

  async close(): Promise<void> {
    if (this.db.isOpen) closeDatabase(this.db);
  }

  private readHead(): KeptHead | undefined {
    const row = this.db.prepare('SELECT signed, before FROM head').get() as HeadRow | undefined;
    if (!row) return undefined;
    const signed = readCheckpoint(row.signed);
    if (!signed)
      throw new IntegrityError(
        'HEAD_UNUSABLE',
        'what was signed last cannot be read from the file beside the signing key',
      );
    return { signed, ...(row.before === null ? {} : { before: row.before }) };
  }

  private readLease(): Lease | undefined {
    const row = this.db.prepare('SELECT holder, token, until FROM lease').get() as Lease | undefined;
    return row && { ...row };
  }

  private write<T>(work: () => T): T {
    return asHeadError(() => inTransaction(this.db, work));
  }
}

function asHeadError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const failure = sqliteFailure(error);
    if (failure === undefined) throw error;
    throw new IntegrityError(
      'HEAD_UNUSABLE',
      `what was signed last cannot be read or kept beside the signing key (${failure})`,
      { cause: error },
    );
  }
}
