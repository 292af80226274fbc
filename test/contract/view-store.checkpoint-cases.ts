import assert from 'node:assert/strict';
import { CheckpointMoved, type WriteBatch } from '../../src/kernel/view-store/view-store.js';
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

const itemsOf = (...numbers: number[]): Pick<WriteBatch, 'puts'> => ({
  puts: [{ collection: 'items', rows: numbers.map((n) => item(n)) }],
});

export const checkpointCases: readonly ContractCase[] = [
  {
    name: 'has no checkpoint at first, then the one of the last write, to the last digit',
    run: (make) =>
      withVersion(make, async (version, made) => {
        assert.equal(await version.checkpoint(), undefined);
        const far = {
          position: 9_007_199_254_740_993n,
          recordedAt: '2026-03-04T05:06:07.008Z',
          facts: 12_345_678,
          fence: 3,
        };
        await version.write({ expected: undefined, next: far });
        assert.deepEqual(await version.checkpoint(), far);
        const elsewhere = await (await made.again()).open(PROJECTION, '1', COLLECTIONS);
        assert.deepEqual(await elsewhere.checkpoint(), far);
      }),
  },
  {
    name: 'keeps with the checkpoint whose rows these are, as the last write says it',
    run: (make) =>
      withVersion(make, async (version, made) => {
        const register = '70000000-0000-4000-8000-000000000001';
        const steps = [
          checkpointAt(1),
          { ...checkpointAt(2), register },
          { ...checkpointAt(3, 2), register },
          checkpointAt(4, 2),
          { ...checkpointAt(4, 3), register: 'another' },
        ];
        for (const [at, next] of steps.entries()) {
          await version.write({ expected: steps[at - 1], next, ...itemsOf(at) });
          assert.deepEqual(await version.checkpoint(), next);
          assert.deepEqual(await version.snapshot((reader) => reader.checkpoint()), next);
        }
        const elsewhere = await (await made.again()).open(PROJECTION, '1', COLLECTIONS);
        assert.deepEqual(await elsewhere.checkpoint(), steps.at(-1));
      }),
  },
  {
    name: 'keeps whose rows these are through filling in bulk',
    run: (make) =>
      withVersion(make, async (version) => {
        await version.beginBulk();
        const next = { ...checkpointAt(1), register: 'ours' };
        await version.write({ expected: undefined, next, ...itemsOf(1) });
        await version.endBulk();
        assert.deepEqual(await version.checkpoint(), next);
      }),
  },
  {
    name: 'moves the checkpoint with every write, also one without rows',
    run: (make) =>
      withVersion(make, async (version) => {
        for (const position of [1, 2, 5]) {
          await version.write({
            expected: await version.checkpoint(),
            next: checkpointAt(position),
            ...itemsOf(position),
          });
          assert.deepEqual(await version.checkpoint(), checkpointAt(position));
        }
        await version.write({ expected: checkpointAt(5), next: checkpointAt(9) });
        assert.deepEqual(await version.checkpoint(), checkpointAt(9));
      }),
  },
  {
    name: 'writes again at the same position',
    run: (make) =>
      withVersion(make, async (version) => {
        await version.write({ expected: undefined, next: checkpointAt(5), ...itemsOf(1, 2) });
        const again = {
          puts: [{ collection: 'items', rows: [item(1, { label: 'again' })] }],
          deletes: [{ collection: 'items', where: { id: id(2) } }],
        };
        await version.write({ expected: checkpointAt(5), next: checkpointAt(5), ...again });
        assert.deepEqual(
          (await version.find('items', {})).map((row) => row['label']),
          ['again'],
        );
      }),
  },
  {
    name: 'refuses a writer that knows another checkpoint, and writes nothing of it',
    run: (make) =>
      withVersion(make, async (version) => {
        await assert.rejects(
          version.write({ expected: checkpointAt(1), next: checkpointAt(2), ...itemsOf(1) }),
          CheckpointMoved,
        );
        await version.write({ expected: undefined, next: checkpointAt(5), ...itemsOf(5) });
        for (const expected of [undefined, checkpointAt(4), checkpointAt(6), checkpointAt(5, 2)]) {
          const refused = version.write({
            expected,
            next: checkpointAt(7, 2),
            ...itemsOf(1),
            deletes: [{ collection: 'items', where: {} }],
          });
          await assert.rejects(
            refused,
            (error) => error instanceof CheckpointMoved && error.actual?.position === 5n && error.actual.fence === 1,
          );
        }
        assert.deepEqual(
          (await version.find('items', {})).map((row) => row['due']),
          [5],
        );
        assert.deepEqual(await version.checkpoint(), checkpointAt(5));
      }),
  },
  {
    name: 'refuses a runner whose fencing token is older than the one that took over',
    run: (make) =>
      withVersion(make, async (version, made) => {
        await version.write({ expected: undefined, next: checkpointAt(5, 1), ...itemsOf(5) });
        const successor = await (await made.again()).open(PROJECTION, '1', COLLECTIONS);
        await successor.write({ expected: checkpointAt(5, 1), next: checkpointAt(5, 2) });
        await assert.rejects(
          version.write({ expected: checkpointAt(5, 1), next: checkpointAt(6, 1), ...itemsOf(6) }),
          CheckpointMoved,
        );
        await assert.rejects(
          version.write({ expected: checkpointAt(5, 2), next: checkpointAt(6, 1), ...itemsOf(6) }),
          CheckpointMoved,
        );
        await successor.write({ expected: checkpointAt(5, 2), next: checkpointAt(6, 2), ...itemsOf(7) });
        assert.deepEqual(
          (await version.find('items', { orderBy: ['id'] })).map((row) => row['due']),
          [5, 7],
        );
      }),
  },
  {
    name: 'never lets a checkpoint go backwards',
    run: (make) =>
      withVersion(make, async (version) => {
        await version.write({ expected: undefined, next: checkpointAt(5), ...itemsOf(5) });
        await assert.rejects(
          version.write({ expected: checkpointAt(5), next: checkpointAt(4), ...itemsOf(4) }),
          RangeError,
        );
        assert.deepEqual(
          (await version.find('items', {})).map((row) => row['due']),
          [5],
        );
        assert.deepEqual(await version.checkpoint(), checkpointAt(5));
      }),
  },
  {
    name: 'lets exactly one of several runners in, at every step',
    run: (make) =>
      withVersion(make, async (version, made) => {
        const handles = [version, version, await (await made.again()).open(PROJECTION, '1', COLLECTIONS)];
        for (let step = 1; step <= 8; step += 1) {
          const expected = await version.checkpoint();
          const writes = handles.map((handle, runner) =>
            handle.write({
              expected,
              next: checkpointAt(step),
              puts: [{ collection: 'items', rows: [item(step, { due: runner }), item(100 + step, { due: runner })] }],
            }),
          );
          const outcomes = await Promise.allSettled(writes);
          const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
          assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
          for (const outcome of outcomes)
            assert.ok(outcome.status === 'fulfilled' || outcome.reason instanceof CheckpointMoved);
          const rows = await version.getMany('items', [[id(step)], [id(100 + step)]]);
          assert.deepEqual(
            rows.map((row) => row?.['due']),
            [winner, winner],
          );
        }
      }),
  },
  {
    name: 'writes a page whole: every collection of it, deletes and puts',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [item(1), item(2)]);
        const stretch = { episode: id(1), unit: id(1), mask: 1, from: 1, to: 2 };
        const expected = await version.checkpoint();
        await version.write({
          expected,
          next: checkpointAt(9),
          deletes: [{ collection: 'items', where: { id: id(1) } }],
          puts: [
            { collection: 'items', rows: [item(3), item(4)] },
            { collection: 'stretches', rows: [stretch, { ...stretch, from: 2 }] },
          ],
        });
        assert.deepEqual(
          (await version.find('items', { orderBy: ['id'] })).map((row) => row['due']),
          [2, 3, 4],
        );
        assert.equal((await version.find('stretches', {})).length, 2);
        assert.deepEqual(await version.checkpoint(), checkpointAt(9));
      }),
  },
];
