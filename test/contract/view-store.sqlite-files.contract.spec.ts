import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { planCount, planFind } from '../../src/kernel/view-store/query-plan.js';
import { countBy, select } from '../../src/kernel/view-store/sqlite/sql.js';
import { SqliteViewStore } from '../../src/kernel/view-store/sqlite/sqlite-view-store.js';
import {
  ViewStoreUnusable,
  type CollectionSpec,
  type Query,
  type Where,
} from '../../src/kernel/view-store/view-store.js';
import { checkpointAt, COLLECTIONS, id, item, ITEMS, PROJECTION, put, STRETCHES } from './view-store.fixtures.js';

let folder: string;
let stores: SqliteViewStore[];
const fileOf = (version: string) => join(folder, PROJECTION, `${version}.sqlite`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'views-'));
  stores = [];
});

afterEach(async () => {
  for (const store of stores) await store.close();
  await rm(folder, { recursive: true });
});

async function openStore(): Promise<SqliteViewStore> {
  const store = await SqliteViewStore.open(folder);
  stores.push(store);
  return store;
}

function change(path: string, ...statements: string[]): void {
  const db = openDatabase(path);
  for (const statement of statements) db.exec(statement);
  db.close();
}

function explain(spec: CollectionSpec, sql: { text: string; values: unknown[] }): string {
  const db = openDatabase(fileOf('1'), { readOnly: true });
  try {
    const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql.text}`).all(...sql.values) as { detail: string }[];
    return Array.from(steps, (step) => step.detail).join('; ');
  } finally {
    db.close();
  }
}

describe('the files of views in SQLite', () => {
  it('keeps every version in a file of its own, and takes all of it away with the version', async () => {
    const store = await openStore();
    for (const version of ['1', '2']) await put(await store.open(PROJECTION, version, COLLECTIONS), 'items', [item(1)]);
    await store.drop(PROJECTION, '1');
    expect((await readdir(join(folder, PROJECTION))).filter((file) => file.startsWith('1'))).toEqual([]);
    expect((await stat(fileOf('2'))).size).toBeGreaterThan(0);
  });

  it.each([
    {
      what: 'another program’s database',
      make: (path: string) => change(path, 'CREATE TABLE theirs (a)', 'PRAGMA application_id = 7'),
      says: 'is not a view file of this program',
    },
    {
      what: 'a database of nobody',
      make: (path: string) => change(path, 'CREATE TABLE theirs (a)'),
      says: 'is not a view file of this program',
    },
    {
      what: 'a text file',
      make: (path: string) => writeFile(path, 'this is a letter, not a database. '.repeat(200)),
      says: 'is not a view file of this program',
    },
    { what: 'a folder', make: (path: string) => mkdir(path), says: 'cannot be made or opened' },
  ])('refuses $what where a version or the catalogue should be, and leaves it alone', async ({ make, says }) => {
    const store = await openStore();
    await mkdir(join(folder, PROJECTION));
    await make(fileOf('1'));
    const before = await readFile(fileOf('1')).catch(() => undefined);
    await expect(store.open(PROJECTION, '1', COLLECTIONS)).rejects.toThrow(says);
    await expect(store.open(PROJECTION, '1', COLLECTIONS)).rejects.toBeInstanceOf(ViewStoreUnusable);
    expect(await readFile(fileOf('1')).catch(() => undefined)).toEqual(before);

    await store.close();
    await rm(join(folder, 'catalogue.sqlite'));
    await make(join(folder, 'catalogue.sqlite'));
    await expect(SqliteViewStore.open(folder)).rejects.toThrow(says);
  });

  it('goes on with a file that was made before views knew their register', async () => {
    const before = await openStore();
    const left = await put(await before.open(PROJECTION, '1', COLLECTIONS), 'items', [item(1)]);
    await before.close();
    await change(fileOf('1'), 'ALTER TABLE checkpoint DROP COLUMN register');
    const version = await (await openStore()).open(PROJECTION, '1', COLLECTIONS);
    expect([await version.checkpoint(), await version.find('items', {})]).toEqual([left, [item(1)]]);
    await version.write({ expected: left, next: { ...left, register: 'ours' } });
    expect(await version.checkpoint()).toEqual({ ...left, register: 'ours' });
  });

  it('refuses a file that a newer program wrote', async () => {
    const store = await openStore();
    await put(await store.open(PROJECTION, '1', COLLECTIONS), 'items', [item(1)]);
    await store.close();
    change(fileOf('1'), 'PRAGMA user_version = 99');
    await expect((await openStore()).open(PROJECTION, '1', COLLECTIONS)).rejects.toThrow(
      'was written by a newer program (format 99',
    );
  });

  it('says that a damaged file may be removed and built again', async () => {
    const store = await openStore();
    await put(
      await store.open(PROJECTION, '1', COLLECTIONS),
      'items',
      Array.from({ length: 2_000 }, (_, n) => item(n)),
    );
    await store.close();
    const bytes = await readFile(fileOf('1'));
    await writeFile(fileOf('1'), Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0xa5)]));
    const reading = openStore().then(async (again) =>
      (await again.open(PROJECTION, '1', COLLECTIONS)).find('items', {}),
    );
    await expect(reading).rejects.toThrow('is damaged; views may be removed and are then built again from the log');
  });

  it('builds an index that was declared later, and a collection', async () => {
    const store = await openStore();
    await put(await store.open(PROJECTION, '1', [{ ...ITEMS, indexes: [] }]), 'items', [item(1)]);
    const more = await store.open(PROJECTION, '1', COLLECTIONS);
    expect(await more.find('items', { where: { unit: id(1000), due: 1 } })).toHaveLength(1);
    expect(await more.find('stretches', {})).toEqual([]);
    expect(explain(ITEMS, select(ITEMS, planFind(ITEMS, { where: { unit: id(1000), due: 1 } })))).toContain(
      'USING INDEX i:items:unit,due',
    );
  });

  it('waits for another writer without standing still, and then writes', async () => {
    const version = await (await openStore()).open(PROJECTION, '1', COLLECTIONS);
    const other = openDatabase(fileOf('1'));
    other.exec('BEGIN IMMEDIATE');
    let written = false;
    const writing = version
      .write({ expected: undefined, next: checkpointAt(1), puts: [{ collection: 'items', rows: [item(1)] }] })
      .then(() => (written = true));
    let turns = 0;
    for (const end = performance.now() + 100; performance.now() < end; turns += 1)
      await new Promise((resolve) => setTimeout(resolve, 1));
    expect(turns).toBeGreaterThan(5);
    expect(written).toBe(false);
    expect(await version.find('items', {})).toEqual([]);
    other.exec('COMMIT');
    other.close();
    await writing;
    expect(await version.find('items', {})).toEqual([item(1)]);
  });

  it('fills one version while another process holds the lock of the one that answers', async () => {
    const store = await openStore();
    await put(await store.open(PROJECTION, '1', COLLECTIONS), 'items', [item(1)]);
    const other = openDatabase(fileOf('1'));
    other.exec('BEGIN IMMEDIATE');
    const fresh = await store.open(PROJECTION, '2', COLLECTIONS);
    await fresh.beginBulk();
    await put(fresh, 'items', [item(1)]);
    await fresh.endBulk();
    await store.activate(PROJECTION, '2');
    other.exec('ROLLBACK');
    other.close();
    expect(await store.active(PROJECTION)).toBe('2');
  });
});

describe('every question that is served uses a key or an index, as SQLite itself explains', () => {
  const finds: { readonly query: Query; readonly uses: string }[] = [
    { query: { where: { id: id(1) } }, uses: 'sqlite_autoindex' },
    {
      query: { where: { unit: id(1), due: { gt: 1, lte: 5 } } },
      uses: 'i:items:unit,due (unit=? AND due>? AND due<?)',
    },
    { query: { where: { unit: { in: [id(1)] }, due: 5 } }, uses: 'i:items:unit,due (unit=? AND due=?)' },
    { query: { where: { label: 'x' }, orderBy: ['label'], limit: 5 }, uses: 'i:items:label (label=?)' },
    { query: { orderBy: ['unit', 'due'], limit: 5 }, uses: 'i:items:unit,due' },
    {
      query: { where: { unit: id(1), due: { gt: 3 } }, orderBy: ['due'], limit: 5 },
      uses: 'i:items:unit,due (unit=? AND due>?)',
    },
  ];

  it.each(finds)('$uses', async ({ query, uses }) => {
    await put(await (await openStore()).open(PROJECTION, '1', COLLECTIONS), 'items', [item(1)]);
    const plan = explain(ITEMS, select(ITEMS, planFind(ITEMS, query)));
    expect(plan).toContain(uses);
    if (query.limit !== undefined) expect(plan).not.toContain('TEMP B-TREE');
  });

  it.each<{ readonly where: Where; readonly uses: string }>([
    {
      where: { from: { lte: 9 }, to: { gt: 9 } },
      uses: 'SCAN c:stretches USING COVERING INDEX i:stretches:unit,from,to,mask',
    },
    {
      where: { unit: id(1), from: { lte: 9 }, to: { gt: 9 } },
      uses: 'USING COVERING INDEX i:stretches:unit,from,to,mask (unit=? AND from<?)',
    },
  ])('counts: $uses', async ({ where, uses }) => {
    await (await openStore()).open(PROJECTION, '1', COLLECTIONS);
    expect(
      explain(STRETCHES, countBy(STRETCHES, ['unit', 'mask'], planCount(STRETCHES, ['unit', 'mask'], where))),
    ).toContain(uses);
  });
});
