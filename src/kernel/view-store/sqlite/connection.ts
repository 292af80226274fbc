import { openDatabase, type SqliteDatabase, type SqliteStatement } from '../../sqlite/sqlite.js';

/**
 * One connection with its prepared statements. The number of statements is that of the query shapes in the code, so
 * none is ever thrown out.
 */
export class Connection {
  private readonly statements = new Map<string, SqliteStatement>();

  private constructor(private readonly db: SqliteDatabase) {}

  /** @throws the driver's error. */
  static open(path: string, pragmas: readonly string[]): Connection {
    const db = openDatabase(path);
    try {
      for (const pragma of pragmas) db.exec(`PRAGMA ${pragma}`);
      return new Connection(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  exec(sql: string): void {
    this.db.exec(sql);
  }

  statement(sql: string): SqliteStatement {
    const known = this.statements.get(sql);
    if (known) return known;
    const prepared = this.db.prepare(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }

  /**
   * Runs work between BEGIN and COMMIT; rolls back and rethrows what it throws. IMMEDIATE takes the write lock at once.
   */
  transaction<T>(mode: 'IMMEDIATE' | 'DEFERRED', work: () => T): T {
    this.db.exec(`BEGIN ${mode}`);
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Ends a transaction if one is open: SQLite has ended it by itself after some errors, a full disk among them. */
  rollback(): void {
    try {
      this.db.exec('ROLLBACK');
    } catch {
      // No transaction was open any more, which is what was wanted.
    }
  }

  close(): void {
    this.statements.clear();
    this.db.close();
  }

  /**
   * Moves everything into the file itself and then closes. SQLite does that when its last connection ends, but the
   * driver on Node 20 ends a connection only when its statements are collected, so it is asked for; a reader that is in
   * the way leaves it to the next who opens.
   */
  closeWriter(): void {
    try {
      this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // A full or read-only disk is no reason not to close: what is in the WAL is safe there.
    } finally {
      this.close();
    }
  }
}
