import { statSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLogUnavailable } from '../../src/access-log/access-log.js';
import { SqliteAccessLog } from '../../src/access-log/sqlite/sqlite-access-log.js';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { all, read } from './samples.js';

describe('the file of the access log', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'access-'));
    path = join(folder, 'access.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function opened<T>(work: (log: SqliteAccessLog) => Promise<T>, readOnly = false): Promise<T> {
    const log = await SqliteAccessLog.open({ path, readOnly, busyLimitMs: 100 });
    try {
      return await work(log);
    } finally {
      await log.close();
    }
  }

  it.each([
    'UPDATE records SET at = at',
    'DELETE FROM records',
    'INSERT OR REPLACE INTO records SELECT position, node, n, at, hash, hash FROM records',
    'INSERT INTO records SELECT 99, node, n, at, body, hash FROM records',
    'DELETE FROM seen',
    'UPDATE seen SET key = 7',
    "UPDATE names SET name = 'p:other'",
  ])('refuses %s from anybody', async (sql) => {
    await opened(async (log) => {
      await log.append(read());
    });
    const db = openDatabase(path);
    expect(() => db.exec(sql)).toThrow(/append-only/);
    db.close();
    await opened(async (log) => expect(await log.count()).toBe(1));
  });

  it('says so when another process holds it, and keeps nothing of the record', async () => {
    await opened(async (log) => {
      const other = openDatabase(path);
      other.exec('BEGIN IMMEDIATE');
      await expect(log.append(read())).rejects.toThrow(AccessLogUnavailable);
      other.exec('ROLLBACK');
      other.close();
      await log.append(read());
      expect(await log.count()).toBe(1);
    });
  });

  it('says so when it is full, and goes on when there is room', async () => {
    await opened(async (log) => {
      await log.append(read());
      const db = Reflect.get(Reflect.get(log, 'file') as object, 'db') as { exec(sql: string): void };
      db.exec('PRAGMA max_page_count = 1');
      const persons = Array.from({ length: 400 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
      await expect(log.append(read({ persons }))).rejects.toThrow('the disk with the access log is full');
      db.exec('PRAGMA max_page_count = 100000');
      await log.append(read({ persons }));
      expect((await all(log.read())).map(({ record }) => record.n)).toEqual([1, 2]);
    });
  });

  it('cannot be written when it was opened for reading', async () => {
    await opened(async (log) => {
      await log.append(read());
    });
    await opened(async (log) => {
      await expect(log.append(read())).rejects.toThrow('the access log is read-only');
      expect(await log.count()).toBe(1);
    }, true);
  });

  it('says so when the file was moved away under it', async () => {
    await opened(async (log) => {
      await log.append(read());
      await rename(path, `${path}.gone`);
      await expect(log.append(read())).rejects.toThrow('moved or removed');
    });
  });

  it('refuses a file that is none of ours, and a folder that cannot be made', async () => {
    const other = openDatabase(path);
    other.exec('CREATE TABLE things (id INTEGER)');
    other.close();
    await expect(SqliteAccessLog.open({ path })).rejects.toThrow('no access log of this register');
    await expect(SqliteAccessLog.open({ path: join(path, 'access.sqlite') })).rejects.toThrow(AccessLogUnavailable);
  });

  it('refuses a file whose triggers are gone, and tells so when it is only read', async () => {
    await opened(async (log) => {
      await log.append(read());
    });
    const db = openDatabase(path);
    db.exec('DROP TRIGGER records_are_not_changed');
    db.close();
    await expect(SqliteAccessLog.open({ path })).rejects.toThrow(/records_are_not_changed is missing/);
    await opened(async (log) => {
      expect(await log.misplaced()).toEqual([expect.stringContaining('records_are_not_changed is missing')]);
    }, true);
  });

  it('finds an index that does not fit the records', async () => {
    await opened(async (log) => {
      await log.append(read());
      await log.append(read());
      expect(await log.misplaced()).toEqual([]);
    });
    const db = openDatabase(path);
    const trigger = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'seen_is_not_deleted'").get() as {
      sql: string;
    };
    db.exec(`DROP TRIGGER seen_is_not_deleted; DELETE FROM seen WHERE position = 2; ${trigger.sql};`);
    db.close();
    await opened(async (log) => {
      expect(await log.misplaced()).toEqual([expect.stringContaining('record 2 of local')]);
    }, true);
  });

  it('lies where only its owner can read it', async () => {
    await chmod(folder, 0o755);
    path = join(folder, 'access', 'access.sqlite');
    await opened(async (log) => {
      await log.append(read());
    });
    expect(statSync(join(folder, 'access')).mode & 0o077).toBe(0);
  });
});
