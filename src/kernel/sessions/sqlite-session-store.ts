import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openOwnFile, type OwnFile } from '../sqlite/own-file.js';
import { closeDatabase, type SqliteDatabase, sqliteFailure } from '../sqlite/sqlite.js';
import { SessionsUnavailable, type SessionStore, type StoredSession } from './session-store.js';

const SCHEMA = `
CREATE TABLE sessions (id TEXT PRIMARY KEY, startedAt INTEGER NOT NULL, usedAt INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
`;

const SESSION_FILE: OwnFile = {
  name: 'file of sessions',
  schema: SCHEMA,
  writing: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON',
  whenAltered: 'move it away; people sign in again',
  refused: (why, path) => new SessionsUnavailable(`${path}: ${why}`),
};

/** So long another process may hold the file before we say so, in milliseconds. */
const BUSY_LIMIT_MS = 2_000;
const TRY_AGAIN_MS = 10;

/** Sessions in a file that the processes of one machine share, or in memory. */
export class SqliteSessionStore implements SessionStore {
  private constructor(private readonly db: SqliteDatabase) {}

  /**
   * @param path the file, which is made where it is not there, or `:memory:`
   * @throws SessionsUnavailable for a file that cannot be used; it may be moved away, and people sign in again
   */
  static async open(path: string): Promise<SqliteSessionStore> {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    return whenFree(path, () => new SqliteSessionStore(openOwnFile(path, SESSION_FILE, { busyTimeoutMs: 50 })));
  }

  async add({ id, startedAt, usedAt, sealed }: StoredSession): Promise<void> {
    await this.run(
      'INSERT INTO sessions (id, startedAt, usedAt, sealed) VALUES (?, ?, ?, ?)',
      id,
      startedAt,
      usedAt,
      sealed,
    );
  }

  async read(id: string): Promise<StoredSession | undefined> {
    return whenFree('', () => this.db.prepare('SELECT * FROM sessions WHERE id = ?').get(id)) as Promise<
      StoredSession | undefined
    >;
  }

  async touch(id: string, usedAt: number): Promise<void> {
    await this.run('UPDATE sessions SET usedAt = ? WHERE id = ? AND usedAt < ?', usedAt, id, usedAt);
  }

  async remove(id: string): Promise<void> {
    await this.run('DELETE FROM sessions WHERE id = ?', id);
  }

  async sweep(startedBefore: number, usedBefore: number): Promise<void> {
    await this.run('DELETE FROM sessions WHERE startedAt < ? OR usedAt < ?', startedBefore, usedBefore);
  }

  async close(): Promise<void> {
    closeDatabase(this.db);
  }

  private async run(sql: string, ...values: (string | number | Uint8Array)[]): Promise<void> {
    await whenFree('', () => this.db.prepare(sql).run(...values));
  }
}

function unusable(path: string): string {
  return `the sessions cannot be kept in ${path}: move the file away; people sign in again`;
}

async function whenFree<T>(path: string, work: () => T): Promise<T> {
  const until = performance.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      const failure = sqliteFailure(error);
      if (failure === undefined) throw error;
      if (failure !== 'BUSY' || performance.now() > until)
        throw new SessionsUnavailable(path === '' ? `the sessions cannot be used (${failure})` : unusable(path), {
          cause: error,
        });
    }
    await sleep(TRY_AGAIN_MS);
  }
}
