import assert from 'node:assert/strict';
import type { Row, ViewReader, ViewVersion } from '../../src/kernel/view-store/view-store.js';
import { checkpointAt, id, item, put, withVersion, type ContractCase } from './view-store.fixtures.js';

const PAGE = 20;
const pageOf = (step: number): Row[] =>
  Array.from({ length: PAGE }, (_, n) => item(n, { due: step, label: `page ${step}` }));

/** Which pages a reader sees the rows of, by each way of asking; one page only, if it sees whole pages. */
async function pagesSeen(reader: ViewReader): Promise<unknown[]> {
  const checkpoint = await reader.checkpoint();
  const first = await reader.get('items', [id(0)]);
  const rows = await reader.find('items', { where: { unit: id(1000) } });
  const counted = await reader.countBy('items', ['due'], { unit: id(1000) });
  const last = await reader.getMany('items', [[id(PAGE - 1)], [id(1)]]);
  return [
    ...new Set([Number(checkpoint?.position), ...[first, ...rows, ...counted, ...last].map((row) => row?.['due'])]),
  ];
}

async function writePages(version: ViewVersion, from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step += 1) {
    const deletes = [{ collection: 'items', where: { unit: id(1000) } }];
    await version.write({
      expected: await version.checkpoint(),
      next: checkpointAt(step),
      deletes,
      puts: [{ collection: 'items', rows: pageOf(step) }],
    });
  }
}

export const snapshotCases: readonly ContractCase[] = [
  {
    name: 'sees one page in a snapshot while others write in the middle of it',
    run: (make) =>
      withVersion(make, async (version) => {
        await writePages(version, 1, 1);
        let runs = 0;
        const seen = await version.snapshot(async (reader) => {
          const before = await pagesSeen(reader);
          runs += 1;
          // A store that holds no snapshot runs this again when somebody wrote; the page it sees then is the new one.
          if (runs === 1) await writePages(version, 2, 3);
          return [before, await pagesSeen(reader)];
        });
        assert.deepEqual(seen, runs === 1 ? [[1], [1]] : [[3], [3]]);
        assert.deepEqual(await pagesSeen(version), [3]);
        assert.deepEqual(await version.snapshot(pagesSeen), [3]);
      }),
  },
  {
    name: 'never mixes two pages in a snapshot, however many read and write',
    run: (make) =>
      withVersion(make, async (version) => {
        await writePages(version, 1, 1);
        let writing = true;
        const readers = Array.from({ length: 4 }, async () => {
          const seen: unknown[][] = [];
          while (writing) {
            seen.push(await version.snapshot(pagesSeen));
            await new Promise((resolve) => setImmediate(resolve));
          }
          return seen;
        });
        const outcome = await Promise.allSettled([writePages(version, 2, 25)]);
        writing = false;
        const seen = await Promise.allSettled(readers);
        for (const { status } of [...outcome, ...seen]) assert.equal(status, 'fulfilled');
        for (const pages of seen.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])))
          assert.equal(pages.length, 1, `mixed ${pages.join(', ')}`);
        assert.deepEqual(await version.snapshot(pagesSeen), [25]);
      }),
  },
  {
    name: 'gives what the reader made of it, and passes its error on',
    run: (make) =>
      withVersion(make, async (version) => {
        await put(version, 'items', [item(1)]);
        assert.equal(await version.snapshot(async (reader) => (await reader.find('items', {})).length), 1);
        const failure = new Error('the reader failed');
        await assert.rejects(
          version.snapshot(() => Promise.reject(failure)),
          (error) => error === failure,
        );
        assert.equal(await version.snapshot(async (reader) => (await reader.find('items', {})).length), 1);
      }),
  },
];
