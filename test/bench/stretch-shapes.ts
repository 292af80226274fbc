/**
 * Compares two shapes in which the figure stretches of reports could lie on MongoDB: a document a stretch, as they do,
 * and a document a unit and month that lists every stretch which touches that month. Prints one JSON line a server.
 *
 *   node --import ./test/support/typescript.mjs test/bench/stretch-shapes.ts                              our double
 *   scripts/ferretdb.sh node --import ./test/support/typescript.mjs test/bench/stretch-shapes.ts          FerretDB as
 * well
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateObjectSize } from 'bson';
import { type AnyBulkWriteOperation, type Collection, type Document, MongoClient } from 'mongodb';
import { SqliteViewStore } from '../../src/kernel/view-store/sqlite/sqlite-view-store.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';

const UNITS = 20;
const EPISODES = Number(process.env['EPISODES'] ?? 1_000);
const STRETCHES_AN_EPISODE = 20;
const MONTHS = 54;
const DAYS = MONTHS * 30;
const FOR_EVER = 99_999_999;

interface Stretch {
  readonly _id: string;
  readonly episode: string;
  readonly unit: number;
  readonly mask: number;
  readonly from: number;
  readonly to: number;
  readonly knownFrom: number;
  readonly knownTo: number;
}

let seed = 1;
const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;

function stretchesOf(episode: number): Stretch[] {
  const unit = episode % UNITS;
  const start = random(DAYS - 200);
  return Array.from({ length: STRETCHES_AN_EPISODE }, (_, n) => {
    const from = start + n * 9 + random(5);
    const open = n === STRETCHES_AN_EPISODE - 1;
    // A tenth is known otherwise since: the same days twice, under two times of knowledge.
    const amended = random(10) === 0;
    return {
      _id: `${episode} ${n}`,
      episode: `episode ${episode}`,
      unit,
      mask: random(300),
      from,
      to: open ? FOR_EVER : from + 9 + random(30),
      knownFrom: from,
      knownTo: amended ? from + 60 : FOR_EVER,
    };
  });
}

const monthsOf = ({ from, to }: Stretch): number[] => {
  const [first, last] = [Math.floor(from / 30), Math.min(MONTHS - 1, Math.floor((Math.min(to, DAYS) - 1) / 30))];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
};

async function timed(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    took.push(performance.now() - start);
  }
  return Math.round(took.toSorted((a, b) => a - b)[Math.floor(times / 2)]! * 10) / 10;
}

async function inPortions<T>(all: readonly T[], size: number, work: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += size) await work(all.slice(at, at + size));
}

async function measure(server: string, url: string): Promise<void> {
  const client = new MongoClient(url);
  const db = client.db(`shapes_${Date.now()}`);
  const [rows, cells] = [
    db.collection<Document & { _id: string }>('rows'),
    db.collection<Document & { _id: string }>('cells'),
  ];
  const all = Array.from({ length: EPISODES }, (_, episode) => stretchesOf(episode)).flat();
  const byCell = new Map<string, Stretch[]>();
  for (const one of all)
    for (const month of monthsOf(one))
      byCell.set(`${one.unit} ${month}`, [...(byCell.get(`${one.unit} ${month}`) ?? []), one]);
  const cellDocuments = [...byCell].map(([_id, list]) => ({ _id, list }));
  const filled = {
    documents: await timed(1, () => fillRows(rows, all)),
    cells: await timed(1, () => inPortions(cellDocuments, 50, (some) => cells.insertMany(some as never))),
  };
  const size = {
    documents: all.reduce((sum, one) => sum + calculateObjectSize(one), 0),
    cells: cellDocuments.reduce((sum, one) => sum + calculateObjectSize(one), 0),
  };
  const days = [200, 900, 1_500];
  const counts = await Promise.all(
    days.map(async (day) => [await countRows(rows, day, day), await countCells(cells, day, day)]),
  );
  for (const [one, other] of counts)
    if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error('the two shapes do not answer alike');
  const report = {
    documents: await timed(5, () => countRows(rows, 1_500, DAYS)),
    cells: await timed(5, () => countCells(cells, 1_500, DAYS)),
  };
  const past = {
    documents: await timed(5, () => countRows(rows, 900, 900)),
    cells: await timed(5, () => countCells(cells, 900, 900)),
  };
  const rejudged = {
    documents: await timed(3, () => rewriteRows(rows, all.slice(0, STRETCHES_AN_EPISODE))),
    cells: await timed(3, () => rewriteCells(cells, all.slice(0, STRETCHES_AN_EPISODE))),
  };
  console.log(
    JSON.stringify({
      server,
      stretches: all.length,
      cells: cellDocuments.length,
      megabytes: { documents: size.documents / 1e6, cells: size.cells / 1e6 },
      milliseconds: { filled, report, past, rejudged },
    }),
  );
  await db.dropDatabase();
  await client.close();
}

async function fillRows(rows: Collection<Document & { _id: string }>, all: readonly Stretch[]): Promise<void> {
  await inPortions(all, 1_000, (some) => rows.insertMany(some as never));
  await rows.createIndex({ unit: 1, from: 1, to: 1, knownFrom: 1, knownTo: 1, mask: 1 }, { name: 'by all' });
}

const group = { $group: { _id: { unit: '$unit', mask: '$mask' }, count: { $sum: 1 } } };

async function countRows(rows: Collection<Document & { _id: string }>, day: number, known: number): Promise<string[]> {
  const where = {
    unit: { $in: Array.from({ length: UNITS }, (_, unit) => unit) },
    from: { $lte: day },
    to: { $gt: day },
    knownFrom: { $lte: known },
    knownTo: { $gt: known },
  };
  return told(await rows.aggregate([{ $match: where }, group], { hint: 'by all' }).toArray());
}

/** The cells of the month are fetched and counted here. */
async function countCells(
  cells: Collection<Document & { _id: string }>,
  day: number,
  known: number,
): Promise<string[]> {
  const found = await cells
    .find({ _id: { $in: Array.from({ length: UNITS }, (_, unit) => `${unit} ${Math.floor(day / 30)}`) } })
    .toArray();
  const counts = new Map<string, number>();
  for (const { list } of found) {
    for (const one of list as Stretch[]) {
      if (one.from > day || one.to <= day || one.knownFrom > known || one.knownTo <= known) continue;
      const key = `${one.unit} ${one.mask}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).toSorted();
}

function told(groups: readonly Document[]): string[] {
  return groups
    .map(({ _id, count }) => `${(_id as Stretch).unit} ${(_id as Stretch).mask} ${String(count)}`)
    .toSorted();
}

/** One episode judged again, as the projection does it: its rows go and come. */
async function rewriteRows(rows: Collection<Document & { _id: string }>, own: readonly Stretch[]): Promise<void> {
  await rows.deleteMany({ _id: { $in: own.map(({ _id }) => _id) } });
  await rows.insertMany(own as never);
}

async function rewriteCells(cells: Collection<Document & { _id: string }>, own: readonly Stretch[]): Promise<void> {
  const names = [...new Set(own.flatMap((one) => monthsOf(one).map((month) => `${one.unit} ${month}`)))];
  const found = await cells.find({ _id: { $in: names } }).toArray();
  const operations = found.map(({ _id, list }) => {
    const others = (list as Stretch[]).filter((one) => one.episode !== own[0]?.episode);
    const mine = own.filter((one) => monthsOf(one).some((month) => `${one.unit} ${month}` === _id));
    return { replaceOne: { filter: { _id }, replacement: { list: [...others, ...mine] } } } as AnyBulkWriteOperation<
      Document & { _id: string }
    >;
  });
  await cells.bulkWrite(operations);
}

const double = await FakeMongoDB.start('standalone');
await measure('our double', double.url);
await double.stop();
for (const variable of ['FERRETDB_URL', 'MONGODB_URL']) {
  const url = process.env[variable];
  if (url) await measure(variable, url);
}
await measureFiles();

/** The same two shapes in the embedded store, over the port. */
async function measureFiles(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shapes-'));
  const store = await SqliteViewStore.open(folder);
  const version = await store.open('shapes', '1', [
    {
      name: 'rows',
      fields: {
        id: 'text',
        episode: 'text',
        unit: 'integer',
        mask: 'integer',
        from: 'integer',
        to: 'integer',
        knownFrom: 'integer',
        knownTo: 'integer',
      },
      key: ['id'],
      indexes: [['unit', 'from', 'to', 'knownFrom', 'knownTo', 'mask']],
    },
    { name: 'cells', fields: { unit: 'integer', month: 'integer', list: 'json' }, key: ['unit', 'month'] },
  ]);
  const all = Array.from({ length: EPISODES }, (_, episode) => stretchesOf(episode)).flat();
  const byCell = new Map<string, Stretch[]>();
  for (const one of all)
    for (const month of monthsOf(one))
      byCell.set(`${one.unit} ${month}`, [...(byCell.get(`${one.unit} ${month}`) ?? []), one]);
  const next = { position: 1n, recordedAt: '', facts: 1, fence: 1 };
  const list = [...byCell].map(([name, stretches]) => ({
    unit: Number(name.split(' ')[0]),
    month: Number(name.split(' ')[1]),
    list: stretches,
  }));
  await version.write({
    expected: undefined,
    next,
    puts: [
      { collection: 'rows', rows: all.map(({ _id, ...rest }) => ({ id: _id, ...rest })) },
      { collection: 'cells', rows: list },
    ],
  });
  const units = Array.from({ length: UNITS }, (_, unit) => unit);
  const report = {
    documents: await timed(5, () =>
      version.countBy('rows', ['unit', 'mask'], {
        unit: { in: units },
        from: { lte: 1_500 },
        to: { gt: 1_500 },
        knownFrom: { lte: DAYS },
        knownTo: { gt: DAYS },
      }),
    ),
    cells: await timed(5, async () =>
      (
        await version.getMany(
          'cells',
          units.map((unit) => [unit, 50]),
        )
      ).flatMap((row) =>
        ((row?.['list'] ?? []) as Stretch[]).filter(
          (one) => one.from <= 1_500 && one.to > 1_500 && one.knownFrom <= DAYS && one.knownTo > DAYS,
        ),
      ),
    ),
  };
  console.log(
    JSON.stringify({ server: 'SQLite', stretches: all.length, cells: list.length, milliseconds: { report } }),
  );
  await store.close();
  rmSync(folder, { recursive: true });
}
