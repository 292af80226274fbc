import { setTimeout as sleep } from 'node:timers/promises';
import { openOwnFile, type OwnFile } from '../sqlite/own-file.js';
import { type SqliteDatabase, sqliteFailure } from '../sqlite/sqlite.js';
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

const KEY_SCHEMA = `${SCHEMA_OF_FORMAT_1}${CLAIMS_SCHEMA}PRAGMA user_version = ${FORMAT_VERSION};`;

const KEY_FILE: OwnFile = {
  name: 'key store',
  schema: KEY_SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing:
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 4000',
  raise: (db) => db.exec(`${CLAIMS_SCHEMA} PRAGMA user_version = ${FORMAT_VERSION}`),
  whenAltered: 'run fok check',
  refused: (why) => new KeyStoreError('KEY_STORE_UNUSABLE', why),
};

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
  return openOwnFile(path, KEY_FILE, { busyTimeoutMs: 50, fill: create ? fill : () => refuseEmpty(path) });
}

function refuseEmpty(path: string): never {
  throw new KeyStoreError(
    'KEY_STORE_MISSING',
    `the log has entries, but the key store at ${path} is empty: restore its backup`,
  );
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
