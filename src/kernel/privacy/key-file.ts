import { setTimeout as sleep } from 'node:timers/promises';
import { type SqliteDatabase, inTransaction, openDatabase, sqliteFailure } from '../sqlite/sqlite.js';
import { assertSchema } from '../sqlite/schema.js';
import { CLAIMS_SCHEMA } from './claim-table.js';
import { isThere } from './is-there.js';
import { KeyStoreError } from './key-store-error.js';

/** Marks the file as ours: "FOKK" in ASCII. */
const APPLICATION_ID = 0x464f4b4b;
/** Format 1 had no claims; a file of it gets them when it is opened to be written. */
const FORMAT_VERSION = 2;
const BUSY_LIMIT_MS = 30_000;

/**
 * Persons have a number, so that keys and terms lie close together and in order of arrival; a term is the first 16
 * bytes of its keyed hash. A fence outlives the person's row: it is what is left of somebody who was forgotten.
 */
const SCHEMA_OF_FORMAT_1 = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE persons (number INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE terms (token BLOB NOT NULL, person INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (token, person, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX terms_by_person ON terms (person);
CREATE TABLE fences (subject TEXT PRIMARY KEY, note TEXT) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
`;

export const KEY_SCHEMA = `${SCHEMA_OF_FORMAT_1}${CLAIMS_SCHEMA}PRAGMA user_version = ${FORMAT_VERSION};`;

/**
 * Opens the file of a key store, or makes it. What is deleted in it is overwritten with zeros (`secure_delete`).
 * @param fill called inside the transaction that makes a new file
 * @throws KeyStoreError, or the driver's error
 */
export function openKeyFile(path: string, create: boolean, fill: (db: SqliteDatabase) => void): SqliteDatabase {
  if (!create && !isThere(path))
    throw new KeyStoreError(
      'KEY_STORE_MISSING',
      `the log has entries, but there is no key store at ${path}: restore its backup`,
    );
  const db = openDatabase(path, { busyTimeoutMs: 50 });
  try {
    if (!create && isNew(db))
      throw new KeyStoreError(
        'KEY_STORE_MISSING',
        `the log has entries, but the key store at ${path} is empty: restore its backup`,
      );
    if (!isNew(db)) assertOurs(db);
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4000',
    );
    inTransaction(db, () => {
      if (!isNew(db)) return bringToFormat(db);
      db.exec(KEY_SCHEMA);
      fill(db);
    });
    assertOurs(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function bringToFormat(db: SqliteDatabase): void {
  if (formatOf(db) !== 1) return;
  db.exec(`${CLAIMS_SCHEMA} PRAGMA user_version = ${FORMAT_VERSION}`);
}

function formatOf(db: SqliteDatabase): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/**
 * Rewrites the file without what was deleted and empties the write-ahead log, so that no byte of it is left in free
 * pages or old frames.
 * @throws KeyStoreError KEY_STORE_BUSY while another process keeps reading; trying again is safe
 */
export function scrubKeyFile(db: SqliteDatabase): void {
  db.exec('VACUUM');
  const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  if (busy !== 0) throw new KeyStoreError('KEY_STORE_BUSY', 'the key store is being read by another process');
}

/** Tries until no other process holds the lock, letting the event loop run in between. @throws KeyStoreError */
export async function whenKeyFileFree<T>(attempt: () => T): Promise<T> {
  const end = performance.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      const problem = asKeyStoreError(error);
      if (!(problem instanceof KeyStoreError) || problem.code !== 'KEY_STORE_BUSY' || performance.now() >= end)
        throw problem;
    }
    await sleep(1 + Math.random() * 9);
  }
}

function asKeyStoreError(error: unknown): unknown {
  if (error instanceof KeyStoreError) return error;
  const failure = sqliteFailure(error);
  if (failure === undefined) return error;
  if (failure === 'BUSY') return new KeyStoreError('KEY_STORE_BUSY', 'the key store is busy', { cause: error });
  return new KeyStoreError('KEY_STORE_UNUSABLE', `the key store cannot be used (${failure})`, { cause: error });
}

function isNew(db: SqliteDatabase): boolean {
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  return tables === 0;
}

function assertOurs(db: SqliteDatabase): void {
  const { application_id } = db.prepare('PRAGMA application_id').get() as { application_id: number };
  if (application_id !== APPLICATION_ID)
    throw new KeyStoreError('KEY_STORE_UNUSABLE', 'the file is no key store of this register');
  const format = formatOf(db);
  if (format > FORMAT_VERSION)
    throw new KeyStoreError(
      'KEY_STORE_UNUSABLE',
      `the key store has format ${format}, this program knows ${FORMAT_VERSION}: use a newer program`,
    );
  assertSchema(
    db,
    format === 1 ? SCHEMA_OF_FORMAT_1 : KEY_SCHEMA,
    (difference) =>
      new KeyStoreError(
        'KEY_STORE_UNUSABLE',
        `the key store is not as this program made it (${difference}): run fok check`,
      ),
  );
}
