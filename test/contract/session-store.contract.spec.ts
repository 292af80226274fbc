import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MongoSessionStore } from '../../src/kernel/sessions/mongodb/mongo-session-store.js';
import { SessionsUnavailable, type SessionStore } from '../../src/kernel/sessions/session-store.js';
import { SqliteSessionStore } from '../../src/kernel/sessions/sqlite-session-store.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { databaseAt } from '../support/mongodb-address.js';

/** What every store of sessions promises. */
function contract(open: () => Promise<SessionStore>): void {
  let store: SessionStore;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const session = (id: string, startedAt = 1_000, usedAt = startedAt) => ({
    id,
    startedAt,
    usedAt,
    sealed: Uint8Array.from([0, 255, 7]),
  });

  it('gives back what was put there, and nothing of what was not', async () => {
    await store.add(session('a'));
    expect({ ...(await store.read('a')) }).toEqual(session('a'));
    expect(await store.read('b')).toBeUndefined();
  });

  it('keeps the latest use', async () => {
    await store.add(session('a', 1_000, 2_000));
    await store.touch('a', 3_000);
    await store.touch('a', 2_500);
    await store.touch('gone', 3_000);
    expect(await store.read('a')).toMatchObject({ startedAt: 1_000, usedAt: 3_000 });
    expect(await store.read('gone')).toBeUndefined();
  });

  it('removes one, again without complaint', async () => {
    for (const id of ['a', 'b']) await store.add(session(id));
    await store.remove('a');
    await store.remove('a');
    expect([await store.read('a'), (await store.read('b'))?.id]).toEqual([undefined, 'b']);
  });

  it('sweeps those that began or were used too long ago, and no others', async () => {
    await store.add(session('old', 1_000, 9_000));
    await store.add(session('idle', 5_000, 5_000));
    await store.add(session('live', 5_000, 9_000));
    await store.sweep(2_000, 6_000);
    expect(await Promise.all(['old', 'idle', 'live'].map(async (id) => (await store.read(id))?.id))).toEqual([
      undefined,
      undefined,
      'live',
    ]);
  });
}

describe('the session store contract: memory', () => contract(() => SqliteSessionStore.open(':memory:')));

describe('the session store contract: a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  contract(() => SqliteSessionStore.open(join(folder, randomUUID(), 'sessions.sqlite')));

  it('that two processes have open is one store', async () => {
    const path = join(folder, 'shared.sqlite');
    const [one, other] = [await SqliteSessionStore.open(path), await SqliteSessionStore.open(path)];
    await one.add({ id: 'a', startedAt: 1, usedAt: 1, sealed: new Uint8Array(1) });
    await other.touch('a', 2);
    expect(await one.read('a')).toMatchObject({ usedAt: 2 });
    await other.remove('a');
    expect(await one.read('a')).toBeUndefined();
    await Promise.all([one.close(), other.close()]);
  });

  it('that is none of ours is refused by its name', async () => {
    const path = join(folder, 'other.sqlite');
    writeFileSync(path, 'no database at all, but long enough to be looked at as one would be, byte for byte');
    await expect(SqliteSessionStore.open(path)).rejects.toThrow(SessionsUnavailable);
    await expect(SqliteSessionStore.open(path)).rejects.toThrow('other.sqlite');
  });
});

describe.each([{ kind: 'replica set' as const }, { kind: 'standalone' as const }])(
  'the session store contract: mongodb, against our double of a $kind',
  ({ kind }) => {
    let double: FakeMongoDB;
    beforeAll(async () => {
      double = await FakeMongoDB.start(kind);
    });
    afterAll(() => double.stop());
    contract(() => MongoSessionStore.open(databaseAt(double.url, `sessions_${randomUUID().slice(0, 8)}`)));
  },
);

describe.each([{ variable: 'MONGODB_URL' }, { variable: 'FERRETDB_URL' }])(
  'the session store contract: mongodb, against the server at $variable',
  ({ variable }) => {
    const url = process.env[variable];
    if (url === undefined) {
      // A run without a server says so: what was not asked of one is not passed.
      it.skip(`skipped: ${variable} names no server`, () => undefined);
      return;
    }
    const databases: string[] = [];
    afterAll(async () => {
      for (const database of databases) {
        const client = await MongoClient.connect(database);
        await client.db().dropDatabase();
        await client.close();
      }
    });
    contract(async () => {
      databases.push(databaseAt(url, `sessions_test_${randomUUID().slice(0, 8)}`));
      return MongoSessionStore.open(databases.at(-1) ?? '');
    });
  },
);

it('a server that is not there is no unforeseen error', async () => {
  const nowhere = 'mongodb://127.0.0.1:1/sessions?serverSelectionTimeoutMS=200';
  await expect(MongoSessionStore.open(nowhere)).rejects.toThrow(SessionsUnavailable);
});
