import assert from 'node:assert/strict';
import {
  QueryNotServed,
  type Query,
  type Row,
  type ViewVersion,
  type Where,
} from '../../src/kernel/view-store/view-store.js';
import { id, item, put, withVersion, type ContractCase, type MakeStore } from './view-store.fixtures.js';

async function dues(version: ViewVersion, query: Query): Promise<unknown[]> {
  return (await version.find('items', { orderBy: ['due'], ...query })).map((row) => row['due']);
}

/** Ten items of unit 1000 with due 0 to 9, two of unit 2000 with due 5 and without any. */
function withItems(make: MakeStore, test: (version: ViewVersion) => Promise<void>): Promise<void> {
  return withVersion(make, async (version) => {
    const others = [item(20, { unit: id(2000), due: 5 }), item(21, { unit: id(2000), due: null })];
    await put(version, 'items', [...Array.from({ length: 10 }, (_, n) => item(n)), ...others]);
    await test(version);
  });
}

const served: readonly { readonly where: Where; readonly found: unknown[] }[] = [
  { where: { unit: id(1000) }, found: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  { where: { unit: id(1000), due: 3 }, found: [3] },
  { where: { unit: id(1000), due: { gt: 2, lte: 4 } }, found: [3, 4] },
  { where: { unit: id(1000), due: { gte: 8 } }, found: [8, 9] },
  { where: { unit: id(2000), due: { lt: 100 } }, found: [5] },
  { where: { unit: id(2000), due: null }, found: [null] },
  { where: { unit: { in: [id(2000), id(4711)] } }, found: [null, 5] },
  { where: { unit: { in: [id(1000), id(2000)] }, due: 5 }, found: [5, 5] },
  { where: { due: { in: [1, 2, 2] }, unit: id(1000) }, found: [1, 2] },
  { where: { unit: { in: [] } }, found: [] },
  { where: { label: { gte: 'label 7', lt: 'label 9' } }, found: [7, 8] },
  { where: { unit: id(1000), label: 'label 4', due: { gt: 0 } }, found: [4] },
  { where: { id: { gt: id(8), lte: id(20) } }, found: [5, 9] },
];

const refused: readonly { readonly why: string; readonly query: Query }[] = [
  { why: 'a field that begins no index', query: { where: { due: 1 } } },
  { why: 'a field that is not the next in the index', query: { where: { unit: id(1), id: id(2), label: 'x' } } },
  { why: 'a range before an equality', query: { where: { unit: { gt: id(1) }, due: 1 } } },
  { why: 'a field kept as JSON', query: { where: { note: 'x' } } },
  { why: 'a field that is not there', query: { where: { nothing: 1 } } },
  { why: 'a limit without an order', query: { where: { unit: id(1) }, limit: 1 } },
  { why: 'a limit in an order that no index has', query: { where: { unit: id(1) }, orderBy: ['note'], limit: 1 } },
  {
    why: 'a limit in an order that the index has elsewhere',
    query: { where: { label: 'x' }, orderBy: ['due'], limit: 1 },
  },
];

export const queryCases: readonly ContractCase[] = [
  {
    name: 'finds by equality, range, list and nothing, through keys and indexes',
    run: (make) =>
      withItems(make, async (version) => {
        for (const { where, found } of served)
          assert.deepEqual(await dues(version, { where }), found, JSON.stringify(where));
      }),
  },
  {
    name: 'refuses a question that no key or index serves',
    run: (make) =>
      withItems(make, async (version) => {
        for (const { why, query } of refused) await assert.rejects(version.find('items', query), QueryNotServed, why);
        const unserved = { collection: 'items', where: { due: 3 } };
        await assert.rejects(put(version, 'items', [], { deletes: [unserved] }), QueryNotServed);
        await assert.rejects(version.find('nowhere', {}), QueryNotServed);
        assert.equal((await version.find('items', {})).length, 12);
      }),
  },
  {
    name: 'refuses a value of another type than the field',
    run: (make) =>
      withItems(make, async (version) => {
        const wheres: Where[] = [
          { unit: 'no uuid' },
          { label: 1 },
          { unit: id(1), due: { gt: null } },
          { label: { in: [null] } },
          { unit: id(1), due: {} },
        ];
        for (const where of wheres)
          await assert.rejects(version.find('items', { where }), TypeError, JSON.stringify(where));
        await assert.rejects(version.get('items', [1]), TypeError);
        await assert.rejects(version.get('items', [id(1), id(2)]), TypeError);
      }),
  },
  {
    name: 'orders by the fields asked for and then by the key, nothing first',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [
          item(5, { due: 1 }),
          item(3, { due: 2 }),
          item(4, { due: 1 }),
          item(1, { due: null }),
          item(2, { due: -7 }),
        ]);
        const found = await version.find('items', { where: { unit: id(1000) }, orderBy: ['unit', 'due'], limit: 10 });
        assert.deepEqual(
          found.map((row) => row['id']),
          [id(1), id(2), id(4), id(5), id(3)],
        );
      }),
  },
  {
    name: 'orders text by code point and numbers by size',
    run: (make) =>
      withVersion(make, async (version) => {
        const labels = ['', ' ', '10', '9', 'A', 'Z', 'a', 'aa', 'b', 'ä', 'ö', '\uffee', '\u{1f600}'];
        await put(version, 'items', labels.map((label, n) => item(n, { label })).reverse());
        assert.deepEqual(
          (await version.find('items', { orderBy: ['label'], limit: 100 })).map((row) => row['label']),
          labels,
        );
        const above = await version.find('items', { where: { label: { gt: '\uffee' } } });
        assert.deepEqual(
          above.map((row) => row['label']),
          ['\u{1f600}'],
        );
      }),
  },
  {
    name: 'pages through an index by limit and the last key',
    run: (make) =>
      withItems(make, async (version) => {
        const seen: unknown[] = [];
        for (let after = -1; ;) {
          const page = await version.find('items', {
            where: { unit: id(1000), due: { gt: after } },
            orderBy: ['due'],
            limit: 4,
          });
          seen.push(...page.map((row) => row['due']));
          if (page.length < 4) break;
          after = Number(page.at(-1)?.['due']);
        }
        assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert.deepEqual(await version.find('items', { orderBy: ['id'], limit: 0 }), []);
      }),
  },
  {
    name: 'counts by fields, with conditions, and leaves out what is not there',
    run: (make) =>
      withVersion(make, async (version) => {
        const stretch = (n: number, unit: number, mask: number, from: number, to: number): Row => ({
          episode: id(n),
          unit: id(unit),
          mask,
          from,
          to,
        });
        await put(version, 'stretches', [
          stretch(1, 1, 7, 0, 10),
          stretch(2, 1, 7, 5, 20),
          stretch(3, 1, 3, 0, 99),
          stretch(4, 2, 7, 10, 20),
        ]);
        const count = async (fields: string[], where: Where) =>
          (await version.countBy('stretches', fields, where)).map((row) => JSON.stringify(row)).sort();
        const at9 = { from: { lte: 9 }, to: { gt: 9 } };
        assert.deepEqual(
          await count(['unit', 'mask'], at9),
          [
            { unit: id(1), mask: 3, count: 1 },
            { unit: id(1), mask: 7, count: 2 },
          ].map((row) => JSON.stringify(row)),
        );
        assert.deepEqual(
          await count(['mask'], { ...at9, unit: id(1) }),
          [
            { mask: 3, count: 1 },
            { mask: 7, count: 2 },
          ].map((row) => JSON.stringify(row)),
        );
        assert.deepEqual(await count([], { unit: id(1) }), [JSON.stringify({ count: 3 })]);
        assert.deepEqual(await count([], { unit: id(3) }), []);
        assert.deepEqual(
          await count(['unit'], {}),
          [
            { unit: id(1), count: 3 },
            { unit: id(2), count: 1 },
          ].map((row) => JSON.stringify(row)),
        );
      }),
  },
  {
    name: 'counts rows without a value as a group of their own',
    run: (make) =>
      withItems(make, async (version) => {
        const counted = await version.countBy('items', ['due'], { unit: id(2000) });
        assert.deepEqual(counted.map((row) => JSON.stringify(row)).sort(), [
          '{"due":5,"count":1}',
          '{"due":null,"count":1}',
        ]);
      }),
  },
  {
    name: 'refuses a count that would have to read whole rows',
    run: (make) =>
      withItems(make, async (version) => {
        await assert.rejects(version.countBy('items', ['note'], {}), QueryNotServed);
        await assert.rejects(version.countBy('stretches', ['mask', 'from', 'nothing'], {}), QueryNotServed);
        await assert.rejects(version.countBy('stretches', ['mask'], { nothing: 1 }), QueryNotServed);
      }),
  },
];
