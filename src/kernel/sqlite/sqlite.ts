import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** An open SQLite database, by the API of `node:sqlite`. */
export type SqliteDatabase = DatabaseSyncInstance;
export type SqliteStatement = StatementSyncInstance;

interface Driver {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => SqliteDatabase;
}

const driver = loadDriver();

/**
 * The one place that chooses the driver: the SQLite that Node brings (22.13 and later), otherwise the package with the
 * same API.
 */
function loadDriver(): Driver {
  return (builtInDriver() ?? createRequire(import.meta.url)('@photostructure/sqlite')) as Driver;
}

/**
 * Node 22 calls its SQLite experimental on stderr; that would stand in the way of a command's output, so it is kept
 * quiet here.
 */
function builtInDriver(): object | undefined {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule?.('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

export interface OpenDatabaseOptions {
  /** The file must be there and is never written. Default false: a file that is not there is made. */
  readonly readOnly?: boolean;
  /**
   * How long a statement may block the whole process while another one holds the lock. Default 5 ms; wait longer
   * without blocking, by trying again.
   */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens a database file (or `:memory:`). Integers are read as numbers unless a statement says otherwise.
 * @throws the driver's error; `sqliteFailure` tells what kind it is.
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): SqliteDatabase {
  const readOnly = options.readOnly ?? false;
  const db = new driver.DatabaseSync(readOnly ? readingName(path) : path, { readOnly });
  db.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs ?? 5}`);
  return db;
}

/**
 * What a file is opened as for reading. Where nobody may write, SQLite cannot make the shared memory that goes with a
 * write-ahead log, and is told that the file does not change; which holds when no such log lies beside it.
 * @throws Error that says what to do when one does
 */
function readingName(path: string): string {
  if (path === ':memory:' || !existsSync(path) || isWritable(dirname(path)) || !usesWal(path)) return path;
  // The shared memory is there: somebody writes, or did, and it can be read along.
  if (existsSync(`${path}-shm`)) return path;
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0)
    throw new WriteProtected(
      `${path} lies where nobody may write, and what was written last lies in ${path}-wal: copy the folder to where it can be written, and read it there`,
    );
  return `${pathToFileURL(path).href}?immutable=1`;
}

/** Byte 18 of the header, https://www.sqlite.org/fileformat2.html#file_format_version_numbers */
function usesWal(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(1);
    return readSync(file, header, 0, 1, 18) === 1 && header[0] === 2;
  } finally {
    closeSync(file);
  }
}

/** A database that can only be read where it may be written. */
export class WriteProtected extends Error {}

/** Whether files can be made in a folder. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Closes a database so that its file alone is whole: what stands in the write-ahead log is brought home first. Built-in
 * SQLite does that when the last connection closes; the package keeps a closed connection until the garbage collector
 * has seen its statements.
 */
export function closeDatabase(db: SqliteDatabase): void {
  try {
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  } catch {
    // Read-only, damaged, or the disk is full: the write-ahead log stays beside the file, and the next one to open it
    // finds it there.
  }
  db.close();
}

/**
 * Runs a piece of work under the file's write lock; all of it or nothing.
 * @throws what the work throws, after it was undone
 */
export function inTransaction<T>(db: SqliteDatabase, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    rollback(db);
    throw error;
  }
}

/** Undoes the transaction, unless a full or failing disk has made SQLite undo it by itself. */
export function rollback(db: SqliteDatabase): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // No transaction any more.
  }
}

/** What went wrong in SQLite, as far as it matters for what to do about it. */
export type SqliteFailure =
  'BUSY' | 'READONLY' | 'FULL' | 'NOTADB' | 'CORRUPT' | 'CANTOPEN' | 'IOERR' | 'CONSTRAINT' | 'OTHER';

/**
 * SQLite's primary result codes (the low byte of the extended ones), https://www.sqlite.org/rescode.html, with their
 * messages.
 */
const failures: readonly (readonly [code: number, message: string, failure: SqliteFailure])[] = [
  [5, 'database is locked', 'BUSY'],
  [6, 'database table is locked', 'BUSY'],
  [8, 'attempt to write a readonly database', 'READONLY'],
  [10, 'disk I/O error', 'IOERR'],
  [11, 'database disk image is malformed', 'CORRUPT'],
  [13, 'database or disk is full', 'FULL'],
  [14, 'unable to open database file', 'CANTOPEN'],
  [15, 'locking protocol', 'BUSY'],
  [19, 'constraint failed', 'CONSTRAINT'],
  [26, 'file is not a database', 'NOTADB'],
];

/**
 * The kind of a driver's error, or undefined for an error that is none of the driver's. The package gives no code when
 * `all()` or `iterate()` fails; there the message, which is SQLite's own, has to do.
 */
export function sqliteFailure(error: unknown): SqliteFailure | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR')
    return undefined;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  const message = 'message' in error ? String(error.message) : '';
  const known = failures.find((failure) => (code === undefined ? message.includes(failure[1]) : failure[0] === code));
  return known?.[2] ?? 'OTHER';
}
