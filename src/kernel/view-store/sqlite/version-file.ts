import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { layoutOf, type Collections } from '../collection.js';
import type { CollectionSpec } from '../view-store.js';
import { ViewStoreUnusable } from '../view-store.js';
import { Connection } from './connection.js';
import { whenFree } from './failures.js';
import { createIndex, createTable, dropIndex, indexName } from './sql.js';

/** "FOKV" and "FOKC": what SQLite's application_id says of a file of views, and of the catalogue beside them. */
export const VIEWS_ID = 0x464f4b56;
export const CATALOGUE_ID = 0x464f4b43;
/** The form of these files; a program that changes it raises it and refuses what is newer. */
const FORMAT = 1;

/**
 * Pages in the WAL before SQLite moves them into the file: few enough for a short pause, many enough to write a page
 * once that changed often.
 */
const WAL_PAGES = 16_000;
const BULK_WAL_PAGES = 20_000;
/** Page caches, in KiB: small, since several versions are open at once and the system caches files as well. */
const WRITER_CACHE = 16 * 1024;
const READER_CACHE = 8 * 1024;

const WRITER_PRAGMAS = [
  `cache_size = -${WRITER_CACHE}`,
  `wal_autocheckpoint = ${WAL_PAGES}`,
  'journal_size_limit = 67108864',
  'secure_delete = ON',
];

/**
 * Opens a file for writing, and makes it when it is missing: WAL, so that readers and the writer do not wait for each
 * other.
 * @param tables the statements that make a fresh one
 * @param synchronous NORMAL survives any crash of the process and never breaks the file, but may lose the last pages at
 * a power cut:
 *   rows and checkpoint go back together and are written again. FULL loses nothing.
 * @throws ViewStoreUnusable when the file is not ours, newer than the program, or cannot be written.
 */
export async function openFile(
  path: string,
  id: number,
  synchronous: 'NORMAL' | 'FULL',
  tables: readonly string[],
): Promise<Connection> {
  makeFolder(path);
  return whenFree(path, () => {
    const connection = Connection.open(path, []);
    try {
      // Looked at as of one moment: in between another process may be making it.
      if (connection.transaction('DEFERRED', () => isFresh(connection, path, id))) {
        connection.exec('PRAGMA journal_mode = WAL');
        connection.transaction('IMMEDIATE', () => {
          if (!isFresh(connection, path, id)) return; // another process was first
          for (const statement of tables) connection.exec(statement);
          connection.exec(`PRAGMA application_id = ${id}`);
          connection.exec(`PRAGMA user_version = ${FORMAT}`);
        });
      }
      assertNoPrograms(connection, path);
      for (const pragma of [...WRITER_PRAGMAS, `synchronous = ${synchronous}`]) connection.exec(`PRAGMA ${pragma}`);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** Rows that something within the file writes or stands for say nothing of the log. @throws ViewStoreUnusable */
function assertNoPrograms(connection: Connection, path: string): void {
  const found = connection
    .statement("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1")
    .get() as { type: string; name: string } | undefined;
  if (found)
    throw new ViewStoreUnusable(
      `${path} holds a ${found.type} (${found.name}), which this program makes none of: remove the views and run fok projections rebuild`,
    );
}

/** A connection that only reads; a transaction on it never blocks the writer. */
export function openReader(path: string): Promise<Connection> {
  return whenFree(path, () => Connection.open(path, [`cache_size = -${READER_CACHE}`, 'query_only = ON']));
}

/**
 * True when nothing was ever written there.
 * @throws ViewStoreUnusable when something was that this program did not write, or that a newer one did.
 */
function isFresh(connection: Connection, path: string, id: number): boolean {
  const own = pragma(connection, 'application_id');
  const format = pragma(connection, 'user_version');
  const { objects } = connection.statement('SELECT count(*) AS objects FROM sqlite_schema').get() as {
    objects: number;
  };
  if (own === 0 && format === 0 && objects === 0) return true;
  if (own !== id) throw new ViewStoreUnusable(`${path} is not a view file of this program`);
  if (format > FORMAT)
    throw new ViewStoreUnusable(`${path} was written by a newer program (format ${format}; this one knows ${FORMAT})`);
  return false;
}

function pragma(connection: Connection, name: 'application_id' | 'user_version'): number {
  return Number((connection.statement(`PRAGMA ${name}`).get() as Record<string, number>)[name]);
}

function makeFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    if (existsSync(path) && !statSync(path).isFile()) throw new Error('it is no file');
  } catch (error) {
    throw new ViewStoreUnusable(
      `${path} cannot be made or opened: ${error instanceof Error ? error.message : 'unknown cause'}`,
      { cause: error },
    );
  }
}

const VERSION_TABLES = [
  'CREATE TABLE checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT NOT NULL, recorded_at TEXT NOT NULL, facts INTEGER NOT NULL, fence INTEGER NOT NULL, register TEXT) STRICT',
  'CREATE TABLE layout (collection TEXT PRIMARY KEY, layout TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), filling INTEGER NOT NULL) STRICT',
  'INSERT INTO state (one, filling) VALUES (1, 0)',
];

/**
 * Opens the file of one version with its tables and, unless it is being filled in bulk, its indexes.
 * @throws ViewStoreUnusable also when a collection lies there in another layout: a changed layout needs a new version.
 */
export async function openVersionFile(path: string, collections: Collections): Promise<Connection> {
  const connection = await openFile(path, VIEWS_ID, 'NORMAL', VERSION_TABLES);
  try {
    await whenFree(path, () => {
      // Looking takes no lock; only a version that lacks something waits for whoever is writing.
      if (missing(connection, path, collections).length === 0) return;
      connection.transaction('IMMEDIATE', () =>
        missing(connection, path, collections).forEach((statement) => connection.exec(statement)),
      );
    });
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function missing(connection: Connection, path: string, collections: Collections): string[] {
  const indexes = new Set(
    (connection.statement(`SELECT name FROM sqlite_schema WHERE type = 'index'`).all() as { name: string }[]).map(
      (row) => row.name,
    ),
  );
  const filling = isFilling(connection);
  const missingOfCollections = collections.all.flatMap((spec) => {
    const lacking = (spec.indexes ?? []).filter((index) => !filling && !indexes.has(indexName(spec, index)));
    return [...missingTable(connection, path, spec), ...lacking.map((index) => createIndex(spec, index))];
  });
  return [...missingColumn(connection), ...missingOfCollections];
}

/** Files that were made before views knew their register. */
function missingColumn(connection: Connection): string[] {
  const found = connection.statement(`SELECT 1 FROM pragma_table_info('checkpoint') WHERE name = 'register'`).get();
  return found ? [] : ['ALTER TABLE checkpoint ADD COLUMN register TEXT'];
}

function missingTable(connection: Connection, path: string, spec: CollectionSpec): string[] {
  const layout = layoutOf(spec);
  const found = connection.statement('SELECT layout FROM layout WHERE collection = ?').get(spec.name) as
    { layout: string } | undefined;
  if (!found)
    return [createTable(spec), `INSERT INTO layout (collection, layout) VALUES ('${spec.name}', '${layout}')`];
  if (found.layout !== layout)
    throw new ViewStoreUnusable(
      `${path} keeps collection "${spec.name}" in another layout; a changed layout needs a new version`,
    );
  return [];
}

/** True between {@link beginFilling} and {@link endFilling}, whoever began. */
export function isFilling(connection: Connection): boolean {
  return (connection.statement('SELECT filling FROM state').get() as { filling: number }).filling === 1;
}

/** As {@link isFilling}, for a file that is not open here. @throws ViewStoreUnusable when it is no version of ours. */
export function isFillingAt(path: string): boolean {
  const connection = Connection.open(path, ['query_only = ON']);
  try {
    return connection.transaction('DEFERRED', () => isFresh(connection, path, VIEWS_ID) || isFilling(connection));
  } finally {
    connection.close();
  }
}

/**
 * Takes the secondary indexes away and marks the file; one that is marked already goes on where it was.
 * @throws ViewStoreUnusable when it holds pages already.
 */
export function beginFilling(connection: Connection, path: string, collections: Collections): void {
  connection.exec(`PRAGMA wal_autocheckpoint = ${BULK_WAL_PAGES}`);
  connection.transaction('IMMEDIATE', () => {
    if (isFilling(connection)) return;
    if (connection.statement('SELECT 1 FROM checkpoint').get())
      throw new ViewStoreUnusable(`${path} holds pages already; only a fresh version is filled in bulk`);
    for (const spec of collections.all) for (const index of spec.indexes ?? []) connection.exec(dropIndex(spec, index));
    connection.exec('UPDATE state SET filling = 1');
  });
}

/** Builds the secondary indexes, one transaction each, and takes the mark away when all of it is on the disk. */
export async function endFilling(connection: Connection, path: string, collections: Collections): Promise<void> {
  for (const spec of collections.all) {
    for (const index of spec.indexes ?? []) await whenFree(path, () => connection.exec(createIndex(spec, index)));
  }
  await whenFree(path, () => {
    // A FULL commit flushes the whole WAL, every page before this one included.
    connection.exec('PRAGMA synchronous = FULL');
    try {
      connection.transaction('IMMEDIATE', () => connection.exec('UPDATE state SET filling = 0'));
    } finally {
      connection.exec('PRAGMA synchronous = NORMAL');
    }
    connection.exec(`PRAGMA wal_autocheckpoint = ${WAL_PAGES}`);
    // Moves the pages into the file and empties the WAL; a reader that is in the way is no failure, the next
    // check-point does it then.
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  });
}
