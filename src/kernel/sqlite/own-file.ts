import { assertSchema } from './schema.js';
import { inTransaction, openDatabase, type OpenDatabaseOptions, type SqliteDatabase } from './sqlite.js';

/** How a kind of file is made, and known again. */
export interface OwnFile {
  /** What it is called where one is refused, such as `event store`. */
  readonly name: string;
  /** The statements that make a new one; they set its application id and format where it has them. */
  readonly schema: string;
  /** Four letters that say whose file it is; without them, a file is known by its schema. */
  readonly applicationId?: number;
  /** Rises when the schema changes; a file of a higher one is a newer program's. */
  readonly format?: number;
  /** How a writer's connection keeps its journal and its caches. */
  readonly writing: string;
  /** Brings a file of a lower format to this one, within the transaction that opens it. */
  readonly raise?: (db: SqliteDatabase, format: number) => void;
  /** May be lost at any time: one of another format, lower or higher, is made anew. Default false. */
  readonly disposable?: boolean;
  /** Whether a file with another schema can be read, for whoever verifies it and tells so. Default false. */
  readonly readAltered?: boolean;
  /** What to do about a file whose schema is another. */
  readonly whenAltered: string;
  /** The error for a file that is refused, from why it is. */
  readonly refused: (why: string, path: string) => Error;
}

export interface OpenOwnFileOptions extends OpenDatabaseOptions {
  /** Called inside the transaction that makes a new file. */
  readonly fill?: (db: SqliteDatabase) => void;
}

/**
 * Opens a file of ours, or makes it. Whoever means to write finds out here, and not at the first row, that the file, its folder
 * or the disk does not let them.
 * @throws what `refused` makes, or the driver's error; then nothing is changed and nothing stays open
 */
export function openOwnFile(path: string, file: OwnFile, options: OpenOwnFileOptions = {}): SqliteDatabase {
  const readOnly = options.readOnly ?? false;
  const db = openDatabase(path, options);
  try {
    // Before the journal is touched: a file of somebody else stays as it is, to the byte.
    if (readOnly || !isNew(db)) assertOurs(db, path, file);
    if (!readOnly && isOnlyKnownBySchema(file) && !isNew(db)) assertUnaltered(db, path, file);
    if (!readOnly) prepareForWriting(db, path, file, options.fill);
    else if (!file.readAltered) assertUnaltered(db, path, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Without an application id nothing but the schema says that a file is ours. */
function isOnlyKnownBySchema({ applicationId, disposable }: OwnFile): boolean {
  return applicationId === undefined && !disposable;
}

function prepareForWriting(db: SqliteDatabase, path: string, file: OwnFile, fill: OpenOwnFileOptions['fill']): void {
  db.exec(file.writing);
  const isMade = inTransaction(db, () => {
    // Looked at again under the lock: another process may have made it in between.
    const made = isNew(db);
    if (made) {
      db.exec(file.schema);
      fill?.(db);
    } else raise(db, file);
    assertOurs(db, path, file);
    assertUnaltered(db, path, file);
    // Changes nothing, but fails here when the file or its folder is read-only.
    db.exec(`PRAGMA user_version = ${pragma(db, 'user_version')}`);
    return made;
  });
  // Brought home at once: a new file that is copied without its write-ahead log is then a shorter one, and not an
  // empty file.
  if (isMade) db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function raise(db: SqliteDatabase, file: OwnFile): void {
  const found = pragma(db, 'user_version');
  if (file.format === undefined || found === file.format) return;
  if (file.disposable) db.exec(file.schema);
  else if (found < file.format) file.raise?.(db, found);
}

function assertOurs(
  db: SqliteDatabase,
  path: string,
  { name, applicationId, format, disposable, refused }: OwnFile,
): void {
  if (applicationId !== undefined && pragma(db, 'application_id') !== applicationId)
    throw refused(`the file is no ${name} of this register`, path);
  const found = pragma(db, 'user_version');
  if (format !== undefined && found > format && !disposable)
    throw refused(`the ${name} has format ${found}, this program knows ${format}: use a newer program`, path);
}

function assertUnaltered(db: SqliteDatabase, path: string, { name, schema, whenAltered, refused }: OwnFile): void {
  assertSchema(db, schema, (difference) =>
    refused(`the ${name} is not as this program made it (${difference}): ${whenAltered}`, path),
  );
}

/** An empty file; one with an application id is somebody's, even without tables. */
function isNew(db: SqliteDatabase): boolean {
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  return tables === 0 && pragma(db, 'application_id') === 0;
}

function pragma(db: SqliteDatabase, name: 'application_id' | 'user_version'): number {
  return (db.prepare(`PRAGMA ${name}`).get() as Record<typeof name, number>)[name];
}
