import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient, type Document } from 'mongodb';
import { MongoViewStore } from '../../src/kernel/view-store/mongodb/mongodb-view-store.js';
import {
  ViewStoreUnavailable,
  ViewStoreUnusable,
  type Row,
  type ViewVersion,
} from '../../src/kernel/view-store/view-store.js';
import { cutOffAfter } from '../doubles/mongodb/cut-off.js';
import { FakeMongoDB, type Fate, type Kind } from '../doubles/mongodb/fake-mongodb.js';
import { checkpointAt, COLLECTIONS, id, item, PROJECTION, put } from './view-store.fixtures.js';

const ROWS_A_PAGE = 20;
let double: FakeMongoDB;
let stores: MongoViewStore[];

beforeEach(() => {
  stores = [];
});

afterEach(async () => {
  double.fate = () => 'served';
  for (const store of stores) await store.close();
  await double.stop();
});

async function openVersion(options = ''): Promise<ViewVersion> {
  const store = await MongoViewStore.open(`${double.url}/views?serverSelectionTimeoutMS=500${options}`);
  stores.push(store);
  return store.open(PROJECTION, '1', COLLECTIONS);
}

/**
 * Writes the page that replaces all rows by rows that carry its position; half of them under keys that no other page
 * uses.
 */
async function writePage(version: ViewVersion, position: number): Promise<void> {
  const rows: Row[] = Array.from({ length: ROWS_A_PAGE }, (_, n) =>
    item(n % 2 === 0 ? n : 1_000 * position + n, { due: position }),
  );
  const deletes = [{ collection: 'items', where: { unit: id(1000) } }];
  await version.write({
    expected: await version.checkpoint(),
    next: checkpointAt(position),
    deletes,
    puts: [{ collection: 'items', rows }],
  });
}

function seen(version: ViewVersion): Promise<{ position: number; rows: number; pages: unknown[] }> {
  return version.snapshot(async (reader) => {
    const position = Number((await reader.checkpoint())?.position);
    const rows = await reader.find('items', { where: { unit: id(1000) } });
    return { position, rows: rows.length, pages: [...new Set(rows.map((row) => row['due']))] };
  });
}

const wholePage = (position: number) => ({ position, rows: ROWS_A_PAGE, pages: [position] });
const everyCrash = (['replica set', 'standalone'] as const).flatMap((kind) =>
  (['lost', 'unanswered'] as const).map((fate) => ({ kind, fate })),
);

describe.each(everyCrash)('a runner that vanishes on a $kind, its last command $fate', ({ kind, fate }) => {
  it('leaves a whole page or none, whichever command was its last', async () => {
    const outcomes: number[] = [];
    for (let served = 0, done = false; !done; served += 1) {
      double = await FakeMongoDB.start(kind);
      double.transactionLifetimeMs = 300; // a real one is ended after a minute
      const runner = await openVersion();
      await writePage(runner, 1);
      done = await vanishAfter(served, fate, () => writePage(runner, 2));

      const successor = await openVersion();
      const found = await seen(successor);
      expect(found).toEqual(wholePage(found.position));
      if (done) expect(found.position).toBe(2);
      outcomes.push(found.position);
      await writePage(successor, 3);
      expect(await seen(successor)).toEqual(wholePage(3));
      for (const store of stores.splice(0)) await store.close();
      await double.stop();
    }
    // Both outcomes were met, and once a page counts it counts for good.
    expect(new Set(outcomes)).toEqual(new Set([1, 2]));
    expect(outcomes).toEqual([...outcomes].sort());
    expect(outcomes.length).toBeGreaterThan(4);
  }, 120_000);
});

/** Cuts the work off after so many commands. @returns true when it needed no more than that */
async function vanishAfter(served: number, fate: Fate, work: () => Promise<void>): Promise<boolean> {
  const error = await cutOffAfter(double, served, fate, work);
  if (error !== undefined) expect(error).toBeInstanceOf(ViewStoreUnavailable);
  return error === undefined;
}

describe('a runner that is very late on a standalone server', () => {
  it.each([{ command: 'update' }, { command: 'delete' }])(
    'neither undoes nor brings back what its successor has written since, when its $command comes late',
    async ({ command: lateOne }) => {
      double = await FakeMongoDB.start('standalone');
      const [late, successor] = [await openVersion(), await openVersion()];
      await writePage(late, 1);

      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      let arrived = (): void => undefined;
      const reached = new Promise<void>((resolve) => (arrived = resolve));
      double.fate = async (name, command): Promise<Fate> => {
        if (name !== lateOne || command[name] !== `${PROJECTION}@1.items`) return 'served';
        double.fate = () => 'served';
        arrived();
        await held;
        return 'served';
      };
      const writing = writePage(late, 2);
      await reached;

      expect(await seen(successor)).toEqual(wholePage(2));
      await successor.write({
        expected: checkpointAt(2),
        next: checkpointAt(3),
        deletes: [{ collection: 'items', where: { unit: id(1000) } }],
      });
      await put(successor, 'items', [item(0, { due: 4 })]);
      release();
      await writing;

      for (const version of [late, successor]) {
        expect(await version.find('items', {})).toEqual([item(0, { due: 4 })]);
        expect(await version.get('items', [id(2_001)])).toBeUndefined();
        expect(await version.countBy('items', ['due'], { unit: id(1000) })).toEqual([{ due: 4, count: 1 }]);
      }
      // Late rows are there, and do not count.
      if (lateOne === 'update') expect(await rawRows()).toBeGreaterThan(1);

      await ageAbandoned();
      expect(await (await openVersion()).find('items', {})).toEqual([item(0, { due: 4 })]);
      expect(await rawRows()).toBe(1);
    },
  );
});

async function raw<T>(look: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(`${double.url}/views`);
  try {
    return await look(client);
  } finally {
    await client.close();
  }
}

function rawRows(): Promise<number> {
  return raw(async (client) => (await client.db().collection(`${PROJECTION}@1.items`).find().toArray()).length);
}

function ageAbandoned(): Promise<void> {
  return raw(async (client) => {
    const versions = client.db().collection<Document & { _id: string }>('views.versions');
    const version = await versions.findOne({ _id: `${PROJECTION}@1` });
    const left = (version?.['abandoned'] ?? []) as { seq: number; at: Date }[];
    const abandoned = left.map((one) => ({ ...one, at: new Date(0) }));
    await versions.updateOne({ _id: `${PROJECTION}@1` }, { $set: { abandoned } });
  });
}

describe('MongoDB at start', () => {
  it.each<{ kind: Kind }>([{ kind: 'replica set' }, { kind: 'standalone' }])(
    'finds out that it is a $kind',
    async ({ kind }) => {
      double = await FakeMongoDB.start(kind);
      const store = await MongoViewStore.open(double.url);
      stores.push(store);
      expect(store.server).toBe(kind);
    },
  );

  it('says that it cannot be reached, within seconds and without the password', async () => {
    double = await FakeMongoDB.start('standalone');
    await double.stop();
    const refused = MongoViewStore.open(double.url.replace('//', '//reader:hush-hush@')).catch(
      (error: unknown) => error,
    );
    expect(await refused).toBeInstanceOf(ViewStoreUnavailable);
    expect(String(await refused)).not.toContain('hush-hush');
    double = await FakeMongoDB.start('standalone');
  });

  it('refuses a URL that is none, and a replica set that is too old', async () => {
    double = await FakeMongoDB.start('replica set');
    await expect(MongoViewStore.open('mongodb://user:hush-hush@')).rejects.toThrow(ViewStoreUnusable);
    await expect(MongoViewStore.open('mongodb://user:hush-hush@')).rejects.not.toThrow('hush-hush');
    double.wireVersion = 9;
    await expect(MongoViewStore.open(double.url)).rejects.toThrow('must be MongoDB 5.0 or newer');
  });

  it('refuses a sharded cluster by name', async () => {
    double = await FakeMongoDB.start('router');
    await expect(MongoViewStore.open(double.url)).rejects.toThrow('MongoDB is a sharded cluster');
  });

  it('writes for a majority and reads from who takes the writes, whatever the URL says', async () => {
    double = await FakeMongoDB.start('replica set');
    const asked: Document[] = [];
    double.fate = (_, command) => {
      asked.push(command);
      return 'served';
    };
    const version = await openVersion('&w=1&readPreference=nearest');
    await writePage(version, 1);
    await version.find('items', {});
    const writes = asked.filter((command) =>
      ['insert', 'update', 'delete', 'commitTransaction'].some((name) => name in command),
    );
    expect(writes.length).toBeGreaterThan(0);
    for (const { writeConcern, txnNumber, autocommit } of writes)
      if (txnNumber === undefined || autocommit === undefined) expect(writeConcern).toMatchObject({ w: 'majority' });
    const elsewhere = asked.filter(({ $readPreference }) => $readPreference?.mode === 'nearest');
    const greetings = new Set(['hello', 'ismaster']);
    expect(
      elsewhere.flatMap((command) => Object.keys(command).slice(0, 1)).filter((name) => !greetings.has(name)),
    ).toEqual([]);
  });

  it('says that it is gone when it goes later', async () => {
    double = await FakeMongoDB.start('standalone');
    const version = await openVersion();
    await writePage(version, 1);
    double.fate = () => 'lost';
    await expect(version.find('items', {})).rejects.toBeInstanceOf(ViewStoreUnavailable);
    await expect(writePage(version, 2)).rejects.toBeInstanceOf(ViewStoreUnavailable);
    double.fate = () => 'served';
    expect(await seen(version)).toEqual(wholePage(1));
  });
});
