import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SqliteDatabase } from '../../sqlite/sqlite.js';
import { type Append, EventStoreUnusable } from '../event-store.js';
import { GroupWriter } from './group-writer.js';
import { openEventFile } from './sqlite-file.js';
import { SqliteLog } from './sqlite-log.js';

/** A log that remembers how many appends each of its transactions carried. */
class CountingLog extends SqliteLog {
  readonly groups: number[] = [];
  override writeGroup(appends: readonly Append[]) {
    this.groups.push(appends.length);
    return super.writeGroup(appends);
  }
}

function append(bodySize = 100): Append {
  const record = {
    id: randomUUID(),
    type: 'T',
    recordedAt: '2026-01-01T00:00:00.000Z',
    body: randomBytes(bodySize),
    hash: randomBytes(32),
  };
  return { stream: `staff-${randomUUID()}`, expected: 'NO_STREAM', records: [record] };
}

describe('group commit', () => {
  let folder: string;
  let db: SqliteDatabase;
  let log: CountingLog;
  let writer: GroupWriter;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'group-writer-'));
    db = openEventFile(join(folder, 'log.db'), false);
    log = new CountingLog(db);
    writer = new GroupWriter(
      log,
      100,
      () => undefined,
      () => undefined,
    );
  });
  afterEach(async () => {
    db.close();
    await rm(folder, { recursive: true });
  });

  it('writes appends that arrive together in one transaction', async () => {
    await Promise.all(Array.from({ length: 64 }, () => writer.enqueue(append())));
    expect(log.groups).toEqual([64]);
    await writer.enqueue(append());
    expect(log.groups).toEqual([64, 1]);
    expect(log.head()).toBe(65n);
  });

  it('writes those that arrive while a lock is waited for with the ones that wait', async () => {
    const other = openEventFile(join(folder, 'log.db'), false);
    other.exec('BEGIN IMMEDIATE');
    const first = writer.enqueue(append());
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    const second = writer.enqueue(append());
    other.exec('COMMIT');
    other.close();
    await Promise.all([first, second]);
    expect(log.groups).toEqual([2]);
  });

  it('keeps a transaction to 5,000 records, and in order', async () => {
    const answers = await Promise.all(Array.from({ length: 12_000 }, () => writer.enqueue(append(10))));
    expect(log.groups).toEqual([5000, 5000, 2000]);
    expect(answers.map((answer) => (answer instanceof Error ? answer : answer.position))).toEqual(
      answers.map((_, index) => BigInt(index + 1)),
    );
  });

  it('answers everybody whose group could not be written, keeps nothing of it, and goes on when there is room', async () => {
    await writer.enqueue(append());
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${pages + 5}`);
    const failed = [append(), append(100_000), append()];
    for (const answer of await Promise.all(failed.map((given) => writer.enqueue(given)))) {
      expect(answer).toBeInstanceOf(EventStoreUnusable);
      expect(answer).toMatchObject({ code: 'EVENT_STORE_UNUSABLE', message: 'the disk with the event store is full' });
    }
    expect(log.head()).toBe(1n);
    db.exec('PRAGMA max_page_count = 1000000');
    expect(await Promise.all(failed.map((given) => writer.enqueue(given)))).toMatchObject([
      { position: 2n },
      { position: 3n },
      { position: 4n },
    ]);
  });
});
