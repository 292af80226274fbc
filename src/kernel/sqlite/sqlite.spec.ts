import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeDatabase, openDatabase, rollback, sqliteFailure } from './sqlite.js';

describe('SQLite', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
    path = join(folder, 'some.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  function failureOf(attempt: () => unknown): string | undefined {
    try {
      attempt();
      return 'none';
    } catch (error) {
      return sqliteFailure(error);
    }
  }

  it('says what kind of failure an error is', async () => {
    const db = openDatabase(path);
    db.exec('CREATE TABLE t (x INTEGER UNIQUE) STRICT; INSERT INTO t VALUES (1)');
    expect(failureOf(() => db.exec('INSERT INTO t VALUES (1)'))).toBe('CONSTRAINT');
    expect(failureOf(() => db.exec('nonsense'))).toBe('OTHER');
    const other = openDatabase(path);
    db.exec('BEGIN EXCLUSIVE');
    expect(failureOf(() => other.exec('BEGIN IMMEDIATE'))).toBe('BUSY');
    expect(failureOf(() => other.prepare('SELECT * FROM t').get())).toBe('BUSY');
    expect(failureOf(() => other.prepare('SELECT * FROM t').all())).toBe('BUSY');
    expect(failureOf(() => [...other.prepare('SELECT * FROM t').iterate()])).toBe('BUSY');
    db.exec('COMMIT');
    db.exec('PRAGMA max_page_count = 3');
    expect(
      failureOf(() =>
        db.exec(
          'INSERT INTO t SELECT value + 10 FROM (WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 5000) SELECT value FROM n)',
        ),
      ),
    ).toBe('FULL');
    const reader = openDatabase(path, { readOnly: true });
    expect(failureOf(() => reader.exec('DELETE FROM t'))).toBe('READONLY');
    for (const open of [db, other, reader]) closeDatabase(open);

    expect(failureOf(() => openDatabase(join(folder, 'missing', 'some.db')))).toBe('CANTOPEN');
    await writeFile(join(folder, 'text'), 'no database '.repeat(100));
    expect(failureOf(() => openDatabase(join(folder, 'text')).exec('SELECT * FROM sqlite_schema'))).toBe('NOTADB');
    expect(
      failureOf(() => {
        throw new Error('database is locked');
      }),
    ).toBeUndefined();
    expect(
      failureOf(() => {
        throw undefined;
      }),
    ).toBeUndefined();
  });

  it('says so when a file is damaged, in every way of reading', () => {
    const db = openDatabase(path);
    db.exec(
      "CREATE TABLE t (x TEXT); INSERT INTO t WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n LIMIT 2000) SELECT printf('%0100d', v) FROM n",
    );
    closeDatabase(db);
    truncateSync(path, 30_000);
    const damaged = openDatabase(path);
    expect(failureOf(() => damaged.prepare('SELECT * FROM t').all())).toBe('CORRUPT');
    expect(failureOf(() => damaged.prepare('SELECT max(x) FROM t').get())).toBe('CORRUPT');
    expect(failureOf(() => damaged.exec('DELETE FROM t'))).toBe('CORRUPT');
    damaged.close();
  });

  it('leaves a whole file behind when it is closed, statements or not', () => {
    const db = openDatabase(path);
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (x)');
    const statements = [db.prepare('INSERT INTO t VALUES (?)')];
    for (let i = 0; i < 100; i++) statements[0]!.run(i);
    closeDatabase(db);
    const waiting = readdirSync(folder)
      .filter((name) => name.endsWith('-wal'))
      .map((name) => statSync(join(folder, name)).size);
    expect(waiting.filter((size) => size > 0)).toEqual([]);
    expect(statements).toHaveLength(1);
  });

  it('rolls back a transaction, and does nothing where there is none', () => {
    const db = openDatabase(path);
    db.exec('CREATE TABLE t (x); BEGIN; INSERT INTO t VALUES (1)');
    rollback(db);
    rollback(db);
    expect(db.prepare('SELECT count(*) AS count FROM t').get()).toEqual({ count: 0 });
    db.close();
  });
});
