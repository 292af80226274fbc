import type { SqliteDatabase } from '../sqlite/sqlite.js';
import type { ClaimRow } from './key-records.js';

const AT_A_TIME = 1_000;

/** A token is the first 16 bytes of a keyed hash, as a term is. */
export const CLAIMS_SCHEMA = `
CREATE TABLE claims (token BLOB PRIMARY KEY, subject TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_subject ON claims (subject);
`;

/** What only one person can have, in the file of a key store. Synchronous; may throw the driver's errors. */
export class ClaimTable {
  constructor(private readonly db: SqliteDatabase) {}

  /** Unless somebody has it, the row's subject gets it. @returns who has it */
  claim({ token, subject }: ClaimRow): string {
    this.db.prepare('INSERT INTO claims (token, subject) VALUES (?, ?) ON CONFLICT DO NOTHING').run(token, subject);
    return this.holder(token) ?? subject;
  }

  holders(tokens: readonly Uint8Array[]): ClaimRow[] {
    return tokens.flatMap((token) => {
      const subject = this.holder(token);
      return subject === undefined ? [] : [{ token, subject }];
    });
  }

  /** @returns false when the row's subject did not have it */
  move({ token, subject }: ClaimRow, to: string): boolean {
    const moved = this.db
      .prepare('UPDATE claims SET subject = ? WHERE token = ? AND subject = ?')
      .run(to, token, subject);
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
    const page = this.db.prepare('SELECT token, subject FROM claims WHERE token > ? ORDER BY token LIMIT ?');
    for (let after = new Uint8Array(); ;) {
      const rows = page.all(after, AT_A_TIME) as unknown as ClaimRow[];
      if (rows.length === 0) return;
      after = Uint8Array.from(rows.at(-1)!.token);
      yield rows;
    }
  }

  private holder(token: Uint8Array): string | undefined {
    const row = this.db.prepare('SELECT subject FROM claims WHERE token = ?').get(token) as
      { subject: string } | undefined;
    return row?.subject;
  }
}
