import { assertSchema } from '../../sqlite/schema.js';
import { type SqliteDatabase, openDatabase, inTransaction } from '../../sqlite/sqlite.js';
import { EventStoreUnusable } from '../event-store.js';
import { APPLICATION_ID, FORMAT_VERSION, SCHEMA } from './sqlite-schema.js';

/**
 * Page caches in KiB. An import touches index pages at random, but the system keeps the file at hand as well: eight
 * times as much made no import faster.
 */
const WRITER_CACHE = 16 * 1024;
const READER_CACHE = 8 * 1024;

/**
 * Opens the log's file, makes it when it is new, and refuses one that is not ours or cannot be written. For reading, a file
 * whose triggers are gone is opened too: whoever verifies it tells so.
 * @throws EventStoreUnusable, or the driver's error
 */
export function openEventFile(path: string, readOnly: boolean): SqliteDatabase {
  const db = openDatabase(path, { readOnly });
  try {
    if (readOnly) assertOurs(db);
    else prepareForWriting(db);
    db.exec(`PRAGMA cache_size = -${readOnly ? READER_CACHE : WRITER_CACHE}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareForWriting(db: SqliteDatabase): void {
  if (!isNew(db)) assertOurs(db);
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 20000;
  `);
  const isMade = inTransaction(db, () => {
    // Looked at again under the lock: another process may have made it in between.
    const made = isNew(db);
    if (made) db.exec(SCHEMA);
    assertOurs(db);
    assertSchema(
      db,
      SCHEMA,
      (difference) =>
        new EventStoreUnusable(`the event store is not as this program made it (${difference}): run fok check`),
    );
    // Changes nothing, but fails here and not at the first fact when the file or its folder is read-only.
    db.exec(`PRAGMA user_version = ${FORMAT_VERSION}`);
    return made;
  });
  // Brought home at once: a new file that is copied without its write-ahead log is then a shorter log, and not an empty
  // file.
  if (isMade) db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function assertOurs(db: SqliteDatabase): void {
  if (pragma(db, 'application_id') !== APPLICATION_ID)
    throw new EventStoreUnusable('the file is no event store of this register');
  const version = pragma(db, 'user_version');
  if (version > FORMAT_VERSION) {
    throw new EventStoreUnusable(
      `the event store has format ${version}, this program knows ${FORMAT_VERSION}: use a newer program`,
    );
  }
}

function isNew(db: SqliteDatabase): boolean {
  const row = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  return row.tables === 0 && pragma(db, 'application_id') === 0;
}

function pragma(db: SqliteDatabase, name: 'application_id' | 'user_version'): number {
  return (db.prepare(`PRAGMA ${name}`).get() as Record<typeof name, number>)[name];
}
