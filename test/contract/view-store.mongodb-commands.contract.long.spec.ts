import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { calculateObjectSize, Long, type Document } from 'bson';
import { Binary, MongoClient } from 'mongodb';
import { MongoViewStore } from '../../src/kernel/view-store/mongodb/mongodb-view-store.js';
import { ViewStoreUnusable, type Query, type ViewVersion, type Where } from '../../src/kernel/view-store/view-store.js';
import { FakeMongoDB, type Kind } from '../doubles/mongodb/fake-mongodb.js';
import { checkpointAt, COLLECTIONS, id, item, PROJECTION, put } from './view-store.fixtures.js';

const ROWS = `${PROJECTION}@1.items`;
let double: FakeMongoDB;
let store: MongoViewStore;
let sent: { readonly name: string; readonly command: Document }[];

beforeEach(() => {
  sent = [];
});

afterEach(async () => {
  await store.close();
  await double.stop();
});

async function openVersion(kind: Kind): Promise<ViewVersion> {
  double = await FakeMongoDB.start(kind);
  double.fate = (name, command) => {
    sent.push({ name, command });
    return 'served';
  };
  store = await MongoViewStore.open(`${double.url}/views`);
  return store.open(PROJECTION, '1', COLLECTIONS);
}

const sentTo = (collection: string, ...names: string[]) =>
  sent.filter(({ name, command }) => names.includes(name) && command[name] === collection);

async function raw<T>(look: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(`${double.url}/views`);
  try {
    return await look(client);
  } finally {
    await client.close();
  }
}

describe('every question to MongoDB names the index it goes by; a server without that index refuses it', () => {
  it.each<{ readonly query: Query; readonly hint: string }>([
    { query: { where: { id: id(1) } }, hint: '_id_' },
    { query: {}, hint: '_id_' },
    { query: { where: { unit: id(1), due: { gt: 1 } }, orderBy: ['due'], limit: 5 }, hint: 'by unit, due' },
    { query: { where: { label: { in: ['x'] } } }, hint: 'by label' },
    { query: { where: { unit: id(1), label: 'x' } }, hint: 'by unit, label, due' },
  ])('find: $hint', async ({ query, hint }) => {
    const version = await openVersion('standalone');
    await put(version, 'items', [item(1)]);
    await version.find('items', query);
    expect(sentTo(ROWS, 'find').map(({ command }) => command['hint'] as unknown)).toEqual([hint]);
  });

  it.each<{ readonly where: Where; readonly hint: string }>([
    { where: { from: { lte: 9 }, to: { gt: 9 } }, hint: 'by unit, from, to, mask' },
    { where: { unit: id(1), from: { lte: 9 }, to: { gt: 9 } }, hint: 'by unit, from, to, mask' },
  ])('count: $hint', async ({ where, hint }) => {
    const version = await openVersion('replica set');
    await put(version, 'stretches', [{ episode: id(1), from: 1, to: 20, unit: id(1), mask: 3 }]);
    expect(await version.countBy('stretches', ['unit', 'mask'], where)).toHaveLength(1);
    expect(sentTo(`${PROJECTION}@1.stretches`, 'aggregate').map(({ command }) => command['hint'] as unknown)).toEqual([
      hint,
    ]);
  });

  it('delete: the key and the index', async () => {
    const version = await openVersion('replica set');
    await put(version, 'items', [], {
      deletes: [
        { collection: 'items', where: { id: id(1) } },
        { collection: 'items', where: { unit: id(1) } },
      ],
    });
    const hints = sentTo(ROWS, 'delete').flatMap(({ command }) =>
      (command['deletes'] as Document[]).map((one) => one['hint'] as unknown),
    );
    expect(hints).toEqual(['_id_', 'by unit, due']);
  });

  it('refuses where somebody has taken the index away', async () => {
    const version = await openVersion('standalone');
    await put(version, 'items', [item(1)]);
    await raw((client) => client.db().collection(ROWS).dropIndex('by label'));
    await expect(version.find('items', { where: { label: 'x' } })).rejects.toBeInstanceOf(ViewStoreUnusable);
  });
});

describe('the indexes in MongoDB', () => {
  it('are made when the version is opened, when they are missing', async () => {
    const version = await openVersion('standalone');
    await put(version, 'items', [item(1)]);
    await raw((client) => client.db().collection(ROWS).dropIndex('by label'));
    await store.close();
    store = await MongoViewStore.open(`${double.url}/views`);
    const again = await store.open(PROJECTION, '1', COLLECTIONS);
    expect(await again.find('items', { where: { label: 'label 1' } })).toEqual([item(1)]);
  });

  it('are refused when one lies there in another form', async () => {
    await openVersion('standalone');
    await raw(async (client) => {
      await client.db().collection(ROWS).dropIndex('by label');
      await client.db().collection(ROWS).createIndex({ due: 1 }, { name: 'by label' });
    });
    await store.close();
    store = await MongoViewStore.open(`${double.url}/views`);
    await expect(store.open(PROJECTION, '1', COLLECTIONS)).rejects.toThrow('index "by label"');
  });

  it.each<{ kind: Kind }>([{ kind: 'replica set' }, { kind: 'standalone' }])(
    'come after the rows when a $kind is filled in bulk, which inserts them',
    async ({ kind }) => {
      const version = await openVersion(kind);
      await version.beginBulk();
      sent = [];
      for (let page = 0; page < 3; page += 1)
        await put(
          version,
          'items',
          Array.from({ length: 50 }, (_, n) => item(page * 50 + n)),
        );
      expect(sentTo(ROWS, 'update')).toEqual([]);
      expect(sentTo(ROWS, 'insert')).toHaveLength(3);
      expect(sentTo(ROWS, 'createIndexes')).toEqual([]);
      await put(version, 'items', [item(1, { label: 'again' }), item(999)]);
      await version.endBulk();
      expect(sentTo(ROWS, 'createIndexes')).toHaveLength(1);
      expect((await version.find('items', { where: { label: 'again' } })).map((row) => row['id'])).toEqual([id(1)]);
      expect(await version.find('items', {})).toHaveLength(151);
    },
  );
});

describe('rows in MongoDB', () => {
  it('keep uuids as binary subtype 4 and whole numbers as whole numbers', async () => {
    const version = await openVersion('standalone');
    await put(version, 'items', [item(1, { due: 7 }), item(2, { due: 2 ** 40 })]);
    const found = await raw((client) =>
      client
        .db()
        .collection<Document>(ROWS)
        .find({}, { promoteValues: false, promoteLongs: false })
        .sort({ _id: 1 })
        .toArray(),
    );
    expect(
      found.map((row) => [row['_id'], row['unit']].map((value: unknown) => value instanceof Binary && value.sub_type)),
    ).toEqual([
      [4, 4],
      [4, 4],
    ]);
    expect(found.map((row) => (row['due'] as { _bsontype: string })._bsontype)).toEqual(['Int32', 'Long']);
    expect(Long.fromValue(found[1]?.['due'] as Long).toNumber()).toBe(2 ** 40);
  });

  it.each<{ kind: Kind }>([{ kind: 'replica set' }, { kind: 'standalone' }])(
    'may be many and large in one page on a $kind, up to 16 MiB each',
    async ({ kind }) => {
      const version = await openVersion(kind);
      const text = 'x'.repeat(20_000);
      await put(
        version,
        'items',
        Array.from({ length: 1_000 }, (_, n) => item(n, { note: text })),
      );
      expect(await version.find('items', { where: { unit: id(1000) } })).toHaveLength(1_000);
      const parts = sentTo('views.redo', 'insert').flatMap(({ command }) => command['documents'] as Document[]);
      expect(parts.length).toBeGreaterThan(kind === 'standalone' ? 4 : -1);
      for (const part of parts) expect(calculateObjectSize(part)).toBeLessThan(5 * 1024 * 1024);

      const before = await version.checkpoint();
      await expect(
        put(version, 'items', [item(1), item(2, { note: 'x'.repeat(17 * 1024 * 1024) })]),
      ).rejects.toBeInstanceOf(RangeError);
      expect(await version.checkpoint()).toEqual(before);
      expect((await version.get('items', [id(1)]))?.['note']).toBe(text);
    },
  );

  it('leave nothing in the redo log once they are there', async () => {
    const version = await openVersion('standalone');
    await put(version, 'items', [item(1)]);
    await version.write({
      expected: checkpointAt(1),
      next: checkpointAt(2),
      deletes: [{ collection: 'items', where: { unit: id(1000), due: { lt: 5 } } }],
    });
    expect(await raw((client) => client.db().collection('views.redo').find().toArray())).toEqual([]);
  });

  it('are gone with their version, and so is what the store knew of it', async () => {
    const version = await openVersion('standalone');
    await put(version, 'items', [item(1)]);
    await store.drop(PROJECTION, '1');
    const left = await raw(async (client) => [
      await client.db().collection(ROWS).find().toArray(),
      await client.db().collection('views.versions').find().toArray(),
    ]);
    expect(left).toEqual([[], []]);
  });
});
