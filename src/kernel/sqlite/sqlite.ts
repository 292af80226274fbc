import { createRequire } from 'node:module';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** An open SQLite database, by the API of `node:sqlite`. */
export type SqliteDatabase = DatabaseSyncInstance;
export type SqliteStatement = StatementSyncInstance;

interface Driver {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => SqliteDatabase;
}

const driver = loadDriver();

/**
 * The one place that chooses the driver: the SQLite that Node brings (22.13 and later), otherwise the package with the same API.
 */
function loadDriver(): Driver {
  return (builtInDriver() ?? createRequire(import.meta.url)('@photostructure/sqlite')) as Driver;
}

/** Node 22 calls its SQLite experimental on stderr; that would stand in the way of a command's output, so it is kept quiet here. */
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
  /** How long a statement may block the whole process while another one holds the lock. Default 5 ms; wait longer without blocking, by trying again. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens a database file (or `:memory:`). Integers are read as numbers unless a statement says otherwise.
 * @throws the driver's error; `sqliteFailure` tells what kind it is.
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): SqliteDatabase {
  const db = new driver.DatabaseSync(path, { readOnly: options.readOnly ?? false });
  db.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs ?? 5}`);
  return db;
}

/** What went wrong in SQLite, as far as it matters for what to do about it. */
export type SqliteFailure = 'BUSY' | 'READONLY' | 'FULL' | 'NOTADB' | 'CORRUPT' | 'CANTOPEN' | 'IOERR' | 'CONSTRAINT' | 'OTHER';

/** SQLite's primary result codes (the low byte of the extended ones), https://www.sqlite.org/rescode.html */
const failures = new Map<number, SqliteFailure>([
  [5, 'BUSY'],
  [6, 'BUSY'],
  [8, 'READONLY'],
  [10, 'IOERR'],
  [11, 'CORRUPT'],
  [13, 'FULL'],
  [14, 'CANTOPEN'],
  [15, 'BUSY'],
  [19, 'CONSTRAINT'],
  [26, 'NOTADB'],
]);

/** The kind of a driver's error, or undefined for an error that is none of the driver's. */
export function sqliteFailure(error: unknown): SqliteFailure | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return failures.get(error.errcode & 0xff) ?? 'OTHER';
}
