import { openOwnFile, type OwnFile } from '../../sqlite/own-file.js';
import type { SqliteDatabase } from '../../sqlite/sqlite.js';
import { EventStoreUnusable } from '../event-store.js';
import { APPLICATION_ID, FORMAT_VERSION, SCHEMA } from './sqlite-schema.js';

/**
 * Page caches in KiB. An import touches index pages at random, but the system keeps the file at hand as well: eight
 * times as much made no import faster.
 */
const WRITER_CACHE = 16 * 1024;
const READER_CACHE = 8 * 1024;

const EVENT_FILE: OwnFile = {
  name: 'event store',
  schema: SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000',
  readAltered: true,
  whenAltered: 'run fok check',
  refused: (why) => new EventStoreUnusable(why),
};

/**
 * Opens the log's file, makes it when it is new, and refuses one that is not ours or cannot be written. For reading, a
 * file whose triggers are gone is opened too: whoever verifies it tells so.
 * @throws EventStoreUnusable, or the driver's error
 */
export function openEventFile(path: string, readOnly: boolean): SqliteDatabase {
  const db = openOwnFile(path, EVENT_FILE, { readOnly });
  db.exec(`PRAGMA cache_size = -${readOnly ? READER_CACHE : WRITER_CACHE}`);
  return db;
}
