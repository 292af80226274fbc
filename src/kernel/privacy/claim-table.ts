import type { SqliteDatabase } from '../sqlite/sqlite.js';
import type { ClaimRow } from './key-records.js';
import type { Claim } from './key-store.js';

const AT_A_TIME = 1_000;

/** A token is the first 16 bytes of a keyed hash, as a term is. */
export const CLAIMS_SCHEMA = `
CREATE TABLE claims (token BLOB PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_subject ON claims (subject);
`;

/** What only one person can have, in the file of a key store. Synchronous; may throw the driver's errors. */
export class ClaimTable {
  constructor(private readonly db: SqliteDatabase) {}

  /** Unless somebody else has it, the row's subject gets it. @returns who has it */
  claim({ token, subject, at }: ClaimRow): Claim {
    this.db
      .prepare(
        'INSERT INTO claims (token, subject, at) VALUES (?, ?, ?) ON CONFLICT (token) DO UPDATE SET at = excluded.at WHERE subject = excluded.subject',
      )
      .run(token, subject, at);
    return this.holder(token) ?? { subject, at };
  }

  holders(tokens: readonly Uint8Array[]): ClaimRow[] {
    return tokens.flatMap((token) => {
      const holder = this.holder(token);
      return holder ? [{ token, ...holder }] : [];
    });
  }

  /** @returns false when the row was not there as given */
  move({ token, subject, at }: ClaimRow, to: Claim): boolean {
    const moved = this.db
      .prepare('UPDATE claims SET subject = ?, at = ? WHERE token = ? AND subject = ? AND at = ?')
      .run(to.subject, to.at, token, subject, at);
    return Number(moved.changes) === 1;
  }

  drop(subject: string, kept: readonly Uint8Array[]): void {
    const places = kept.map(() => '?').join(',');
    this.db.prepare(`DELETE FROM claims WHERE subject = ? AND token NOT IN (${places})`).run(subject, ...kept);
  }

  /** All of them, some at a time. A file of format 1 has none. */
  *all(): Generator<ClaimRow[]> {
    const { tables } = this.db.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'claims'").get() as {
      tables: number;
    };
    if (tables === 0) return;
    const page = this.db.prepare('SELECT token, subject, at FROM claims WHERE token > ? ORDER BY token LIMIT ?');
    for (let after = new Uint8Array(); ;) {
      const rows = page.all(after, AT_A_TIME) as unknown as ClaimRow[];
      if (rows.length === 0) return;
      after = Uint8Array.from(rows.at(-1)!.token);
      yield rows;
    }
  }

  private holder(token: Uint8Array): Claim | undefined {
    return this.db.prepare('SELECT subject, at FROM claims WHERE token = ?').get(token) as Claim | undefined;
  }
}
