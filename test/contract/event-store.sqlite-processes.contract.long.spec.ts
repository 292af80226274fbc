import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable } from '../../src/kernel/event-store/event-store.js';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { Child } from '../support/child.js';
import { Follower } from './event-store/follower.js';
import { appendTo, errorOf, idsOf, newStream, record, to, wholeLog } from './event-store/records.js';
import { appendStamped } from './event-store/sqlite/stamped.js';

const appender = new URL('./event-store/sqlite/appender.ts', import.meta.url);

describe('several processes on one SQLite log', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-store-'));
    path = join(folder, 'log.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("never fail on each other's lock, and keep the log gapless and its times rising", async () => {
    const store = await SqliteEventStore.open({ path });
    const follower = new Follower(store);
    const children = [new Child(appender, [path, '300']), new Child(appender, [path, '300'])];
    await Promise.all(children.map((child) => child.printed(1)));
    const own: string[] = [];
    for (let i = 0; i < 20; i++)
      own.push(...(await Promise.all(Array.from({ length: 10 }, () => appendStamped(store)))));
    for (const child of children) expect(await child.end()).toEqual({ code: 0, stderr: '' });

    await follower.records(800);
    await follower.stop();
    const log = await wholeLog(store);
    await store.close();
    expect(log.map((r) => r.position)).toEqual(log.map((_, index) => BigInt(index + 1)));
    expect(log.map((r) => r.recordedAt)).toEqual(log.map((r) => r.recordedAt).toSorted());
    expect(idsOf(log).toSorted()).toEqual([...own, ...children.flatMap((child) => child.lines.slice(1))].toSorted());
    expect(idsOf(follower.got)).toEqual(idsOf(log));
  });

  it('lose nothing that was answered when one is killed in the middle of writing', async () => {
    const store = await SqliteEventStore.open({ path });
    for (let round = 0; round < 3; round++) {
      const child = new Child(appender, [path, '100000']);
      await child.printed(50 + round * 37);
      await child.kill();
      const found = await store.find(child.lines.slice(1));
      expect(found.size).toBe(child.lines.length - 1);
      await appendStamped(store);
    }
    const log = await wholeLog(store);
    await store.close();
    expect(log.map((r) => r.position)).toEqual(log.map((_, index) => BigInt(index + 1)));
    const reopened = await SqliteEventStore.open({ path });
    expect(idsOf(await wholeLog(reopened))).toEqual(idsOf(log));
    await reopened.close();
  });

  it('make a new log once when several open it at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => SqliteEventStore.open({ path })));
    await Promise.all(stores.map((store) => appendStamped(store)));
    expect(await stores[0]!.count()).toBe(8);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('wait for a lock without keeping the event loop', async () => {
    const store = await SqliteEventStore.open({ path });
    const other = openDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const appended = Promise.all([appendStamped(store), appendStamped(store)]);
    await sleep(400);
    expect(await store.count()).toBe(0);
    other.exec('COMMIT');
    await appended;
    clearInterval(beat);
    expect(await store.count()).toBe(2);
    expect(longest).toBeLessThan(150);
    other.close();
    await store.close();
  });

  it('say that the log is unavailable when a lock is never let go, and go on when it is', async () => {
    const store = await SqliteEventStore.open({ path, busyTimeoutMs: 200 });
    const other = openDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    const append = to(newStream(), 'NO_STREAM', record());
    expect(await errorOf(appendTo(store, append))).toBeInstanceOf(EventStoreUnavailable);
    other.exec('COMMIT');
    other.close();
    expect(await appendTo(store, append)).toMatchObject({ already: false, position: 1n });
    await store.close();
  });
});
