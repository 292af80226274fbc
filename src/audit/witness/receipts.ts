import { openOwnFile, type OwnFile } from '../../kernel/sqlite/own-file.js';
import { type SqliteDatabase, closeDatabase } from '../../kernel/sqlite/sqlite.js';
import { IntegrityError } from '../../kernel/integrity/integrity-error.js';

/** "FOKC" is taken by the views; "FOKW" in ASCII. */
const APPLICATION_ID = 0x464f4b57;
const FORMAT_VERSION = 1;
const SCHEMA = `
CREATE TABLE receipts (
  witness TEXT    NOT NULL,
  size    INTEGER NOT NULL,
  at      TEXT    NOT NULL,
  receipt BLOB    NOT NULL,
  PRIMARY KEY (witness, size)
) STRICT, WITHOUT ROWID;
CREATE TABLE problems (witness TEXT PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;

const RECEIPT_FILE: OwnFile = {
  name: 'file of receipts',
  schema: SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing: 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL',
  whenAltered: 'restore its backup',
  refused: (why, path) => new IntegrityError('SEALS_UNUSABLE', `${path}: ${why}`),
};

/** What a witness answered to a checkpoint. */
export interface Receipt {
  readonly size: number;
  /** When the witness says that it saw it, RFC 3339 in UTC; of a folder, when it was laid there. */
  readonly at: string;
  /** A cosignature's line, a time-stamp in DER, nothing of a folder. */
  readonly receipt: Uint8Array;
}

/**
 * Why a witness did not take the last checkpoint:
 * - `LATE`: it could not be reached, or did not answer as one
 * - `AHEAD`, `FORKED`, `NOT_CONTINUED`: it was shown something else before: the log was put back, or is another one
 */
export type WitnessProblemCode = 'LATE' | 'AHEAD' | 'FORKED' | 'NOT_CONTINUED';

export interface WitnessProblem {
  readonly code: WitnessProblemCode;
  readonly message: string;
  readonly at: string;
}

/** What witnesses answered, beside the seals: nothing in it is secret, and each receipt confirms itself. */
export class Receipts {
  private constructor(private readonly db: SqliteDatabase) {}

  /** Opens the file, or makes it. @throws IntegrityError SEALS_UNUSABLE when it is not ours */
  static open(path: string, readOnly = false): Receipts {
    return new Receipts(openOwnFile(path, RECEIPT_FILE, { readOnly, busyTimeoutMs: 5_000 }));
  }

  keep(witness: string, { size, at, receipt }: Receipt): void {
    this.db
      .prepare('INSERT INTO receipts (witness, size, at, receipt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(witness, size, at, receipt);
    this.db.prepare('DELETE FROM problems WHERE witness = ?').run(witness);
  }

  keepProblem(witness: string, { code, message, at }: WitnessProblem): void {
    this.db
      .prepare('INSERT OR REPLACE INTO problems (witness, code, message, at) VALUES (?, ?, ?, ?)')
      .run(witness, code, message, at);
  }

  last(witness: string): Receipt | undefined {
    const row = this.db
      .prepare('SELECT size, at, receipt FROM receipts WHERE witness = ? ORDER BY size DESC LIMIT 1')
      .get(witness) as Receipt | undefined;
    return row && { ...row };
  }

  problem(witness: string): WitnessProblem | undefined {
    const row = this.db.prepare('SELECT code, message, at FROM problems WHERE witness = ?').get(witness) as
      WitnessProblem | undefined;
    return row && { ...row };
  }

  /** All that was answered to a checkpoint. */
  of(size: number): ReadonlyMap<string, Receipt> {
    const rows = this.db.prepare('SELECT witness, size, at, receipt FROM receipts WHERE size = ?').all(size);
    return new Map(
      (rows as unknown as (Receipt & { witness: string })[]).map(({ witness, ...rest }) => [witness, rest]),
    );
  }

  close(): void {
    if (this.db.isOpen) closeDatabase(this.db);
  }
}
