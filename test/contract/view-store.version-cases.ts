import assert from 'node:assert/strict';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../../src/kernel/view-store/view-store.js';
import {
  COLLECTIONS,
  id,
  item,
  ITEMS,
  PROJECTION,
  put,
  STRETCHES,
  withStore,
  withVersion,
  type ContractCase,
} from './view-store.fixtures.js';

export const versionCases: readonly ContractCase[] = [
  {
    name: 'holds versions side by side, with rows and checkpoints of their own',
    run: (make) =>
      withStore(make, async ({ store }) => {
        assert.deepEqual(await store.versions(PROJECTION), []);
        const [one, two] = [
          await store.open(PROJECTION, 'v-1.0_a', COLLECTIONS),
          await store.open(PROJECTION, '2', COLLECTIONS),
        ];
        const other = await store.open('other', '2', COLLECTIONS);
        await put(one, 'items', [item(1)]);
        assert.deepEqual([await two.find('items', {}), await other.find('items', {})], [[], []]);
        assert.deepEqual([await two.checkpoint(), await other.checkpoint()], [undefined, undefined]);
        assert.deepEqual(await store.versions(PROJECTION), ['2', 'v-1.0_a']);
        assert.deepEqual([one.projection, one.version, other.projection], [PROJECTION, 'v-1.0_a', 'other']);
      }),
  },
  {
    name: 'answers with the version that was activated, seen by others at once',
    run: (make) =>
      withStore(make, async ({ store, again }) => {
        const elsewhere = await again();
        assert.equal(await store.active(PROJECTION), undefined);
        for (const version of ['1', '2']) {
          await put(await store.open(PROJECTION, version, COLLECTIONS), 'items', [item(1)]);
          await store.activate(PROJECTION, version);
          assert.equal(await elsewhere.active(PROJECTION), version);
        }
        await elsewhere.activate(PROJECTION, '1');
        assert.equal(await store.active(PROJECTION), '1');
        assert.equal(await store.active('other'), undefined);
      }),
  },
  {
    name: 'refuses to activate what is not there',
    run: (make) =>
      withStore(make, async ({ store }) => {
        await assert.rejects(store.activate(PROJECTION, '1'), ViewStoreUnusable);
        assert.equal(await store.active(PROJECTION), undefined);
      }),
  },
  {
    name: 'drops a version with its rows, but never the one that answers',
    run: (make) =>
      withStore(make, async ({ store }) => {
        for (const version of ['1', '2'])
          await put(await store.open(PROJECTION, version, COLLECTIONS), 'items', [item(1)]);
        await store.activate(PROJECTION, '2');
        await assert.rejects(store.drop(PROJECTION, '2'), ViewStoreUnusable);
        await store.drop(PROJECTION, '1');
        await store.drop(PROJECTION, 'never-was');
        assert.deepEqual(await store.versions(PROJECTION), ['2']);
        const fresh = await store.open(PROJECTION, '1', COLLECTIONS);
        assert.deepEqual([await fresh.find('items', {}), await fresh.checkpoint()], [[], undefined]);
        assert.equal((await (await store.open(PROJECTION, '2', COLLECTIONS)).find('items', {})).length, 1);
      }),
  },
  {
    name: 'finds a version again as it was left',
    run: (make) =>
      withVersion(make, async (version, { store, again }) => {
        const left = await put(version, 'items', [item(1), item(2)]);
        const elsewhere = await (await again()).open(PROJECTION, '1', COLLECTIONS);
        assert.deepEqual(await elsewhere.find('items', { orderBy: ['id'] }), [item(1), item(2)]);
        assert.deepEqual(await elsewhere.checkpoint(), left);
        assert.deepEqual(await (await store.open(PROJECTION, '1', COLLECTIONS)).checkpoint(), left);
      }),
  },
  {
    name: 'refuses a version whose collections lie there in another layout',
    run: (make) =>
      withVersion(make, async (version, { store }) => {
        await put(version, 'items', [item(1)]);
        await assert.rejects(
          store.open(PROJECTION, '1', [{ ...ITEMS, fields: { ...ITEMS.fields, due: 'text' } }]),
          ViewStoreUnusable,
        );
        await assert.rejects(store.open(PROJECTION, '1', [{ ...ITEMS, key: ['id', 'unit'] }]), ViewStoreUnusable);
        assert.deepEqual(await version.get('items', [id(1)]), item(1));
      }),
  },
  {
    name: 'makes the collections and indexes that are missing in a version, fields in any order',
    run: (make) =>
      withStore(make, async ({ store, again }) => {
        await put(await store.open(PROJECTION, '1', [{ ...ITEMS, indexes: [['label']] }]), 'items', [item(1)]);
        const fields = Object.fromEntries(Object.entries(ITEMS.fields).reverse());
        for (const one of [store, await again()]) {
          const more = await one.open(PROJECTION, '1', [{ ...ITEMS, fields }, STRETCHES]);
          assert.equal((await more.find('items', { where: { unit: id(1000), due: 1 } })).length, 1);
          assert.deepEqual(await more.find('stretches', {}), []);
          await put(more, 'items', [item(1, { due: 1 })]);
          assert.deepEqual(await more.get('items', [id(1)]), item(1));
        }
      }),
  },
  {
    name: 'refuses collections and names that no store could carry',
    run: (make) =>
      withStore(make, async ({ store }) => {
        const wrong = [
          { ...ITEMS, name: 'a"b' },
          { ...ITEMS, key: [] },
          { ...ITEMS, key: ['note'] },
          { ...ITEMS, indexes: [['nothing']] },
          { ...ITEMS, fields: { ...ITEMS.fields, count: 'integer' as const } },
        ];
        for (const spec of wrong)
          await assert.rejects(async () => store.open(PROJECTION, '1', [spec]), ViewStoreUnusable);
        await assert.rejects(async () => store.open(PROJECTION, '1', [ITEMS, ITEMS]), ViewStoreUnusable);
        for (const name of ['', '../up', 'a/b', 'a\0b']) {
          await assert.rejects(async () => store.open(name, '1', COLLECTIONS), ViewStoreUnusable);
          await assert.rejects(async () => store.open(PROJECTION, name, COLLECTIONS), ViewStoreUnusable);
        }
        assert.deepEqual(await store.versions(PROJECTION), []);
      }),
  },
  {
    name: 'says so when it is used after it was closed',
    run: (make) =>
      withVersion(make, async (version, { store }) => {
        await store.close();
        await store.close();
        await assert.rejects(version.checkpoint(), ViewStoreUnavailable);
        await assert.rejects(put(version, 'items', [item(1)]), ViewStoreUnavailable);
        await assert.rejects(async () => store.open(PROJECTION, '1', COLLECTIONS), ViewStoreUnavailable);
        await assert.rejects(store.active(PROJECTION), ViewStoreUnavailable);
      }),
  },
];
