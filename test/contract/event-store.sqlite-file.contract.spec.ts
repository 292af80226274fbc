import { chmod, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnusable } from '../../src/kernel/event-store/event-store.js';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { Child } from '../support/child.js';
import { appendTo, errorOf, idsOf, newStream, record, records, streamOf, to, wholeLog } from './event-store/records.js';

const opener = new URL('./event-store/sqlite/opener.ts', import.meta.url);

describe('the file of a SQLite log', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-store-'));
    path = join(folder, 'log.db');
  });
  afterEach(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true });
  });

  async function makeLog(count: number): Promise<void> {
    const store = await SqliteEventStore.open({ path });
    await streamOf(store, count);
    await store.close();
  }

  /** What a plain connection without any of our settings, as a shell has it, says to a statement. */
  function shell(sql: string): unknown {
    const db = openDatabase(path);
    try {
      db.exec(sql);
      return 'done';
    } catch (error) {
      return String(error);
    } finally {
      db.close();
    }
  }

  const events = 'position, stream, revision, id, type, recorded_at, body, hash';
  it.each([
    "UPDATE events SET type = 'Other'",
    'UPDATE OR REPLACE events SET position = 2 WHERE position = 1',
    'UPDATE OR IGNORE events SET revision = revision',
    'DELETE FROM events',
    'DELETE FROM events WHERE position = 3',
    `INSERT INTO events SELECT 3, 1, 2, randomblob(16), type, recorded_at, body, hash FROM events WHERE position = 3`,
    `INSERT OR REPLACE INTO events SELECT 3, 1, 2, id, 'Other', recorded_at, body, hash FROM events WHERE position = 3`,
    `REPLACE INTO events SELECT 4, 1, 2, randomblob(16), 'Other', recorded_at, body, hash FROM events WHERE position = 3`,
    `REPLACE INTO events SELECT 4, 1, 3, id, 'Other', recorded_at, body, hash FROM events WHERE position = 2`,
    `INSERT INTO events SELECT 3, 1, 3, id, type, recorded_at, body, hash FROM events WHERE position = 3 ON CONFLICT (position) DO UPDATE SET type = 'Other'`,
    `INSERT OR IGNORE INTO events SELECT 9, 1, 3, randomblob(16), type, recorded_at, body, hash FROM events WHERE position = 3`,
    `INSERT INTO events SELECT 4, 1, 7, randomblob(16), type, recorded_at, body, hash FROM events WHERE position = 3`,
    `INSERT INTO events SELECT 4, 1, 3, randomblob(16), type, '2020-01-01T00:00:00.000Z', body, hash FROM events WHERE position = 3`,
    `INSERT INTO events (${events}) SELECT NULL, 1, 3, randomblob(16), type, recorded_at, body, hash FROM events WHERE position = 3`,
    "UPDATE streams SET name = 'recipient-x'",
    'DELETE FROM streams',
    "REPLACE INTO streams VALUES (1, 'recipient-x')",
    'REPLACE INTO streams SELECT 2, name FROM streams',
    "INSERT INTO streams VALUES (9, 'recipient-x')",
  ])('is append-only in a SQLite shell too: %s', async (sql) => {
    await makeLog(3);
    const before = openDatabase(path, { readOnly: true });
    const rows = () => before.prepare('SELECT * FROM events JOIN streams ON key = stream').all();
    const was = rows();
    expect(shell(sql)).toMatch(/the log is append-only/);
    expect(rows()).toEqual(was);
    before.close();
  });

  it("is refused when it is another program's database", async () => {
    const db = openDatabase(path);
    db.exec('CREATE TABLE customers (name TEXT)');
    db.close();
    for (const readOnly of [false, true]) {
      const error = await errorOf(SqliteEventStore.open({ path, readOnly }));
      expect(error).toBeInstanceOf(EventStoreUnusable);
      expect(error).toMatchObject({
        code: 'EVENT_STORE_UNUSABLE',
        message: 'the file is no event store of this register',
      });
    }
    expect(shell('INSERT INTO customers VALUES (1)')).toBe('done');
  });

  it('is refused when it is no database, or half of one', async () => {
    await writeFile(path, 'Kära dagbok, '.repeat(500));
    expect(await errorOf(SqliteEventStore.open({ path }))).toMatchObject({
      code: 'EVENT_STORE_UNUSABLE',
      message: 'the file is no SQLite database',
    });
    await rm(path);
    await makeLog(400);
    await truncate(path, 20_000);
    expect(await errorOf(SqliteEventStore.open({ path }).then((store) => wholeLog(store)))).toMatchObject({
      code: 'EVENT_STORE_UNUSABLE',
      message: expect.stringMatching(/damaged/),
    });
  });

  it('is refused when a newer program wrote it', async () => {
    await makeLog(1);
    expect(shell('PRAGMA user_version = 7')).toBe('done');
    for (const readOnly of [false, true]) {
      expect(await errorOf(SqliteEventStore.open({ path, readOnly }))).toMatchObject({
        code: 'EVENT_STORE_UNUSABLE',
        message: 'the event store has format 7, this program knows 1: use a newer program',
      });
    }
  });

  it('is refused when it cannot be opened', async () => {
    for (const wrong of [join(folder, 'missing', 'log.db'), folder]) {
      expect(await errorOf(SqliteEventStore.open({ path: wrong }))).toMatchObject({
        code: 'EVENT_STORE_UNUSABLE',
        message: expect.stringMatching(/cannot be opened/),
      });
    }
    expect(await errorOf(SqliteEventStore.open({ path, readOnly: true }))).toMatchObject({
      code: 'EVENT_STORE_UNUSABLE',
    });
  });

  it('is refused at start when it, or its folder, is read-only to the user', async () => {
    await makeLog(1);
    await chmod(path, 0o444);
    await chmod(folder, 0o555);
    // The superuser may write everything, so another user tries where the tests run as that.
    const child = new Child(opener, [path], process.getuid?.() === 0 ? 65_534 : undefined);
    const { stderr } = await child.end();
    expect(child.lines).toEqual([
      expect.stringMatching(/^EVENT_STORE_UNUSABLE the event store (is read-only|cannot be opened)/),
    ]);
    expect(stderr).toBe('');
  });

  it('is read and not written when it is opened for reading', async () => {
    await makeLog(3);
    const store = await SqliteEventStore.open({ path, readOnly: true });
    expect(await wholeLog(store)).toHaveLength(3);
    expect(await errorOf(appendTo(store, to(newStream(), 'NO_STREAM', record())))).toMatchObject({
      code: 'EVENT_STORE_UNUSABLE',
      message: 'the event store is read-only',
    });
    expect(await store.count()).toBe(3);
    await store.backup(join(folder, 'copy.db'));
    await store.close();
    const copied = await SqliteEventStore.open({ path: join(folder, 'copy.db') });
    expect(await copied.count()).toBe(3);
    await copied.close();
  });

  it('is backed up whole while it is being written', async () => {
    const store = await SqliteEventStore.open({ path });
    await streamOf(store, 500);
    const copy = join(folder, 'copy.db');
    const writing = Promise.all(
      Array.from({ length: 50 }, () => appendTo(store, to(newStream(), 'NO_STREAM', ...records(2)))),
    );
    await store.backup(copy);
    await writing;
    const copied = await SqliteEventStore.open({ path: copy });
    const log = await wholeLog(copied);
    expect(log.length).toBeGreaterThanOrEqual(500);
    expect(idsOf(log)).toEqual(idsOf(await wholeLog(store)).slice(0, log.length));
    await appendTo(copied, to(newStream(), 'NO_STREAM', record()));
    expect(await errorOf(store.backup(copy))).toMatchObject({ code: 'EVENT_STORE_UNUSABLE' });
    await Promise.all([store.close(), copied.close()]);
  });
});
