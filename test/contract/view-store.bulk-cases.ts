import assert from 'node:assert/strict';
import { CheckpointMoved, QueryNotServed, ViewStoreUnusable } from '../../src/kernel/view-store/view-store.js';
import {
  checkpointAt,
  COLLECTIONS,
  id,
  item,
  PROJECTION,
  put,
  withVersion,
  type ContractCase,
} from './view-store.fixtures.js';

export const bulkCases: readonly ContractCase[] = [
  {
    name: 'fills a fresh version in bulk and has its indexes afterwards',
    run: (make) =>
      withVersion(make, async (version, { store }) => {
        assert.equal(await version.filling(), false);
        await version.beginBulk();
        for (let page = 0; page < 5; page += 1)
          await put(
            version,
            'items',
            Array.from({ length: 100 }, (_, n) => item(page * 100 + n)),
          );
        assert.equal(await version.filling(), true);
        assert.equal((await version.get('items', [id(7)]))?.['due'], 7);
        await version.endBulk();
        assert.equal(await version.filling(), false);
        assert.equal((await version.find('items', { where: { unit: id(1000), due: { gte: 490 } } })).length, 10);
        assert.deepEqual(await version.checkpoint(), checkpointAt(5));
        await store.activate(PROJECTION, '1');
      }),
  },
  {
    name: 'serves no index and cannot be activated while it is being filled, also for whoever opens it then',
    run: (make) =>
      withVersion(make, async (version, { store, again }) => {
        await version.beginBulk();
        await put(version, 'items', [item(1)]);
        const elsewhere = await again();
        const seen = await elsewhere.open(PROJECTION, '1', COLLECTIONS);
        assert.equal(await seen.filling(), true);
        for (const handle of [version, seen])
          await assert.rejects(handle.find('items', { where: { unit: id(1000) } }), QueryNotServed);
        await assert.rejects(store.activate(PROJECTION, '1'), ViewStoreUnusable);
        await assert.rejects(elsewhere.activate(PROJECTION, '1'), ViewStoreUnusable);
        await version.endBulk();
        assert.equal(await seen.filling(), false);
        assert.equal((await seen.find('items', { where: { unit: id(1000) } })).length, 1);
        await elsewhere.activate(PROJECTION, '1');
      }),
  },
  {
    name: 'goes on filling where somebody else left off',
    run: (make) =>
      withVersion(make, async (version, { again }) => {
        await version.beginBulk();
        const left = await put(version, 'items', [item(1)]);
        const resumed = await (await again()).open(PROJECTION, '1', COLLECTIONS);
        await resumed.beginBulk();
        assert.deepEqual(await resumed.checkpoint(), left);
        await put(resumed, 'items', [item(2)]);
        await resumed.endBulk();
        assert.equal((await resumed.find('items', { where: { unit: id(1000) } })).length, 2);
      }),
  },
  {
    name: 'minds the checkpoint in bulk as well',
    run: (make) =>
      withVersion(make, async (version) => {
        await version.beginBulk();
        await put(version, 'items', [item(1)]);
        await assert.rejects(
          version.write({
            expected: undefined,
            next: checkpointAt(9),
            puts: [{ collection: 'items', rows: [item(2)] }],
          }),
          CheckpointMoved,
        );
        await version.endBulk();
        assert.equal((await version.find('items', {})).length, 1);
      }),
  },
  {
    name: 'fills nothing in bulk that holds pages already',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [item(1)]);
        await assert.rejects(version.beginBulk(), ViewStoreUnusable);
        assert.equal(await version.filling(), false);
        assert.equal((await version.find('items', { where: { unit: id(1000) } })).length, 1);
      }),
  },
];
