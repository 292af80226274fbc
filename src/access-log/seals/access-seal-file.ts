import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openOwnFile, type OwnFile } from '../../kernel/sqlite/own-file.js';
import { closeDatabase, type SqliteDatabase } from '../../kernel/sqlite/sqlite.js';
import { AccessLogUnavailable } from '../access-log.js';

const SCHEMA = `
CREATE TABLE seals (number INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
CREATE TRIGGER seals_are_appended BEFORE INSERT ON seals
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM seals)
BEGIN SELECT RAISE(ABORT, 'seals are append-only: one comes after the last'); END;
CREATE TRIGGER seals_are_not_changed BEFORE UPDATE ON seals
BEGIN SELECT RAISE(ABORT, 'seals are append-only: they are not changed'); END;
CREATE TRIGGER seals_are_not_deleted BEFORE DELETE ON seals
BEGIN SELECT RAISE(ABORT, 'seals are append-only: they are not deleted'); END;
`;

const SEAL_FILE: OwnFile = {
  name: 'seal store of the access log',
  schema: SCHEMA,
  writing: 'PRAGMA synchronous = FULL',
  whenAltered: 'run verify',
  refused: (why) => new AccessLogUnavailable(why),
};

/** What was signed of the access log, oldest first, in one SQLite file beside the seals of the event log. */
export class AccessSealFile {
  private constructor(private readonly db: SqliteDatabase) {}

  /** Opens the file, or makes it. @throws AccessLogUnavailable for a file that is none of ours, the driver's error */
  static open(path: string, readOnly = false): AccessSealFile {
    if (!readOnly) mkdirSync(dirname(path), { recursive: true });
    return new AccessSealFile(openOwnFile(path, SEAL_FILE, { readOnly, busyTimeoutMs: 2000 }));
  }

  all(): string[] {
    const rows = this.db.prepare('SELECT note FROM seals ORDER BY number').all() as { note: string }[];
    return rows.map(({ note }) => note);
  }

  last(): string | undefined {
    const row = this.db.prepare('SELECT note FROM seals ORDER BY number DESC LIMIT 1').get() as
      { note: string } | undefined;
    return row?.note;
  }

  add(note: string): void {
    this.db.prepare('INSERT INTO seals (number, note) SELECT coalesce(max(number), 0) + 1, ? FROM seals').run(note);
  }

  close(): void {
    if (this.db.isOpen) closeDatabase(this.db);
  }
}
