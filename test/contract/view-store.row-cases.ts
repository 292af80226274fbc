import assert from 'node:assert/strict';
import { QueryNotServed } from '../../src/kernel/view-store/view-store.js';
import { checkpointAt, id, item, put, withVersion, type ContractCase } from './view-store.fixtures.js';

const AWKWARD = {
  z: 1,
  a: [true, false, null, 0, -1.5, 'åäö \u{1f600} "quoted"'],
  'a.b': { $set: 'kept' },
  deep: { deeper: [{}] },
  empty: '',
};

export const rowCases: readonly ContractCase[] = [
  {
    name: 'gives a row back as it was put, every type of it',
    run: (make) =>
      withVersion(make, async (version) => {
        const row = {
          id: id(1),
          unit: id(2),
          label: "Åsa \u{1f600} '; --",
          due: Number.MAX_SAFE_INTEGER,
          note: AWKWARD,
        };
        await put(version, 'items', [row]);
        const found = await version.get('items', [id(1)]);
        assert.deepEqual(found, row);
        assert.deepEqual(Object.keys(found?.['note'] as object), Object.keys(AWKWARD));
      }),
  },
  {
    name: 'keeps whole numbers to their last digit, negative ones too',
    run: (make) =>
      withVersion(make, async (version) => {
        const numbers = [0, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
        await put(
          version,
          'items',
          numbers.map((due, n) => item(n, { due })),
        );
        const found = await version.getMany(
          'items',
          numbers.map((_, n) => [id(n)]),
        );
        assert.deepEqual(
          found.map((row) => row?.['due']),
          numbers,
        );
      }),
  },
  {
    name: 'answers null for what a row does not have',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [{ id: id(1), note: undefined }]);
        assert.deepEqual(await version.get('items', [id(1)]), {
          id: id(1),
          unit: null,
          label: null,
          due: null,
          note: null,
        });
      }),
  },
  {
    name: 'knows a uuid in either case, and gives it in lower case',
    run: (make) =>
      withVersion(make, async (version) => {
        const upper = 'ABCDEF01-2345-4789-8ABC-DEF012345678';
        await put(version, 'items', [{ id: upper, unit: upper }]);
        assert.equal((await version.get('items', [upper.toLowerCase()]))?.['unit'], upper.toLowerCase());
        assert.equal((await version.find('items', { where: { unit: upper } })).length, 1);
        await put(version, 'items', [{ id: upper.toLowerCase(), label: 'same row' }]);
        assert.equal((await version.get('items', [upper]))?.['label'], 'same row');
      }),
  },
  {
    name: 'replaces the whole row that has the same key',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [item(1, { note: { old: true } })]);
        await put(version, 'items', [{ id: id(1), label: 'new' }, item(2), { id: id(2), label: 'last wins' }]);
        assert.deepEqual(await version.get('items', [id(1)]), {
          id: id(1),
          unit: null,
          label: 'new',
          due: null,
          note: null,
        });
        assert.equal((await version.get('items', [id(2)]))?.['label'], 'last wins');
        assert.equal((await version.find('items', {})).length, 2);
      }),
  },
  {
    name: 'tells rows apart by every part of their key',
    run: (make) =>
      withVersion(make, async (version) => {
        const row = { unit: id(9), mask: 1, to: 5 };
        await put(version, 'stretches', [
          { ...row, episode: id(1), from: 1 },
          { ...row, episode: id(1), from: 11 },
          { ...row, episode: id(2), from: 1 },
        ]);
        assert.equal((await version.find('stretches', {})).length, 3);
        assert.equal((await version.get('stretches', [id(1), 11]))?.['from'], 11);
        assert.equal(await version.get('stretches', [id(2), 11]), undefined);
      }),
  },
  {
    name: 'answers many keys in their order, with gaps, and one asked for twice',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [item(1), item(2), item(3)]);
        const found = await version.getMany('items', [[id(3)], [id(99)], [id(1)], [id(3)]]);
        assert.deepEqual(
          found.map((row) => row?.['due']),
          [3, undefined, 1, 3],
        );
        assert.deepEqual(await version.getMany('items', []), []);
      }),
  },
  {
    name: 'deletes before it puts, in one write',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [item(1), item(2), item(3, { unit: id(2000) })]);
        await put(version, 'items', [item(2, { label: 'put after' })], {
          deletes: [{ collection: 'items', where: { unit: id(1000) } }],
        });
        const left = await version.find('items', { orderBy: ['id'] });
        assert.deepEqual(
          left.map((row) => row['label']),
          ['put after', 'label 3'],
        );
      }),
  },
  {
    name: 'deletes by key, by index, by range and by list, and nothing else',
    run: (make) =>
      withVersion(make, async (version) => {
        const rest = async () => (await version.find('items', { orderBy: ['id'] })).map((row) => row['due']);
        await put(
          version,
          'items',
          Array.from({ length: 10 }, (_, n) => item(n)),
        );
        await put(version, 'items', [], { deletes: [{ collection: 'items', where: { id: id(0) } }] });
        await put(version, 'items', [], {
          deletes: [{ collection: 'items', where: { unit: id(1000), due: { gte: 3, lt: 5 } } }],
        });
        await put(version, 'items', [], {
          deletes: [{ collection: 'items', where: { label: { in: ['label 8', 'label 9', 'nowhere'] } } }],
        });
        await put(version, 'items', [], { deletes: [{ collection: 'items', where: { unit: id(4711) } }] });
        assert.deepEqual(await rest(), [1, 2, 5, 6, 7]);
        await put(version, 'items', [], { deletes: [{ collection: 'items', where: {} }] });
        assert.deepEqual(await rest(), []);
      }),
  },
  {
    name: 'refuses a row that does not fit, and writes nothing of its page',
    run: (make) =>
      withVersion(make, async (version) => {
        const wrong = [
          item(2, { id: 'no uuid' }),
          item(2, { id: null }),
          item(2, { due: 2 ** 53 }),
          item(2, { due: 1.5 }),
          item(2, { due: '1' }),
          item(2, { label: 7 }),
          item(2, { unknown: 1 }),
        ];
        for (const row of wrong) await assert.rejects(put(version, 'items', [item(1), row]), TypeError);
        await assert.rejects(put(version, 'nowhere', [item(1)]), QueryNotServed);
        assert.deepEqual(await version.find('items', {}), []);
        assert.equal(await version.checkpoint(), undefined);
      }),
  },
  {
    name: 'writes hundreds of rows in one page and finds them all',
    run: (make) =>
      withVersion(make, async (version) => {
        const rows = Array.from({ length: 600 }, (_, n) => item(n, { note: { text: 'x'.repeat(200) } }));
        await version.write({ expected: undefined, next: checkpointAt(600), puts: [{ collection: 'items', rows }] });
        assert.equal((await version.find('items', { where: { unit: id(1000) } })).length, 600);
        const asked = rows.filter((_, n) => n % 2 === 0).map((row) => String(row['id']));
        assert.equal(
          (
            await version.getMany(
              'items',
              asked.map((one) => [one]),
            )
          ).filter((row) => row).length,
          300,
        );
        assert.equal((await version.find('items', { where: { id: { in: asked } } })).length, 300);
      }),
  },
];
