import { openOwnFile, type OwnFile } from '../../kernel/sqlite/own-file.js';
import { type SqliteDatabase, closeDatabase, inTransaction } from '../../kernel/sqlite/sqlite.js';
import type { Witnessed } from '../../kernel/integrity/witness.js';
import { WitnessError } from './witness-error.js';

/** "FOKT" in ASCII. */
const APPLICATION_ID = 0x464f4b54;
const FORMAT_VERSION = 1;
const SCHEMA = `
CREATE TABLE logs (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, note TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE contradictions (
  number INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  kind   TEXT NOT NULL,
  at     TEXT NOT NULL,
  kept   TEXT NOT NULL,
  shown  TEXT NOT NULL,
  UNIQUE (origin, shown)
) STRICT;
CREATE TRIGGER contradictions_stay BEFORE DELETE ON contradictions
BEGIN SELECT RAISE(ABORT, 'what contradicts itself is kept'); END;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;
const WITNESS_FILE: OwnFile = {
  name: 'file of a witness',
  schema: SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing: 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL',
  whenAltered: 'restore its backup',
  refused: (why, path) => new WitnessError(`${path}: ${why}`),
};
/** Of one log: whoever holds its key can contradict themselves without end. */
const KEPT_OF_A_LOG = 100;

export interface Contradiction {
  readonly origin: string;
  readonly kind: string;
  readonly at: string;
  /** What was cosigned, and what was shown after it. */
  readonly kept: string;
  readonly shown: string;
}

/** What a witness keeps: the last checkpoint of each log, and the notes of those that contradicted themselves. */
export class WitnessFile {
  private constructor(private readonly db: SqliteDatabase) {}

  /** Opens the file, or makes it. @throws WitnessError when it is not ours */
  static open(path: string): WitnessFile {
    return new WitnessFile(openOwnFile(path, WITNESS_FILE, { busyTimeoutMs: 5_000 }));
  }

  last(origin: string): Witnessed | undefined {
    const row = this.db.prepare('SELECT size, root, note FROM logs WHERE origin = ?').get(origin) as
      Witnessed | undefined;
    return row && { ...row };
  }

  /** Runs a decision and what it keeps in one step, whoever else shows a checkpoint at that moment. */
  atOnce<T>(work: () => T): T {
    return inTransaction(this.db, work);
  }

  keep(origin: string, { size, root, note }: Witnessed): void {
    this.db
      .prepare('INSERT OR REPLACE INTO logs (origin, size, root, note) VALUES (?, ?, ?, ?)')
      .run(origin, size, root, note);
  }

  /** Keeps both notes; what was kept before stays as it is, and no more than a hundred of one log. */
  keepContradiction({ origin, kind, at, kept, shown }: Contradiction): void {
    const { count } = this.db.prepare('SELECT count(*) AS count FROM contradictions WHERE origin = ?').get(origin) as {
      count: number;
    };
    if (count >= KEPT_OF_A_LOG) return;
    this.db
      .prepare(
        'INSERT INTO contradictions (origin, kind, at, kept, shown) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(origin, kind, at, kept, shown);
  }

  contradictions(): Contradiction[] {
    const rows = this.db.prepare('SELECT origin, kind, at, kept, shown FROM contradictions ORDER BY number').all();
    return (rows as unknown as Contradiction[]).map((row) => ({ ...row }));
  }

  close(): void {
    if (this.db.isOpen) closeDatabase(this.db);
  }
}
