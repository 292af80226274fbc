import { describe, expect, it } from '@jest/globals';
import type { FoldedPage } from '../index/index-page.js';
import { FoldedAhead } from './folded-ahead.js';

/** A log of which only positions matter; it notes which pages were read. */
class Log {
  readonly read: bigint[] = [];
  fails = false;
  constructor(public positions: readonly bigint[]) {}

  readonly page = async (after: bigint, limit: number): Promise<FoldedPage> => {
    this.read.push(after);
    if (this.fails) throw new Error('away');
    const found = this.positions.filter((position) => position > after).slice(0, limit);
    const [end] = found.slice(-1).map((position) => ({ position, recordedAt: '', facts: found.length }));
    return { streams: [], links: [], shared: [], things: [], stamps: [], ...(end ? { end } : {}), count: found.length };
  };
}

const upTo = (last: number, step = 1n) => Array.from({ length: last }, (_, index) => BigInt(index + 1) * step);

/** The last position of each page, until the log's end. */
async function walk(pages: FoldedAhead, limit: number, from = 0n): Promise<bigint[]> {
  const ends: bigint[] = [];
  for (let after = from; ;) {
    const last = (await pages.page(after, limit)).end;
    if (!last) return ends;
    ends.push(last.position);
    after = last.position;
  }
}

describe('pages of the log that are folded ahead', () => {
  it('are each read once where positions have no gaps, some of them before they are asked for', async () => {
    const log = new Log(upTo(10));
    const pages = new FoldedAhead(log.page);
    await pages.page(0n, 3);
    expect(log.read.slice(0, 4)).toEqual([0n, 3n, 6n, 9n]);
    expect(await walk(pages, 3, 3n)).toEqual([6n, 9n, 10n]);
    for (const after of [0n, 3n, 6n, 9n])
      expect([after, log.read.filter((read) => read === after).length]).toEqual([after, 1]);
  });

  it('follow one another also where positions have gaps, and where the log grows meanwhile', async () => {
    expect(await walk(new FoldedAhead(new Log(upTo(7, 100n)).page), 3)).toEqual([300n, 600n, 700n]);
    const log = new Log(upTo(4));
    const pages = new FoldedAhead(log.page);
    expect(await walk(pages, 3)).toEqual([3n, 4n]);
    log.positions = upTo(9);
    expect(await walk(pages, 3, 4n)).toEqual([7n, 9n]);
  });

  it('are read again after one could not be', async () => {
    const log = new Log(upTo(9));
    const pages = new FoldedAhead(log.page);
    log.fails = true;
    await expect(pages.page(0n, 3)).rejects.toThrow('away');
    log.fails = false;
    expect(await walk(new FoldedAhead(log.page), 3)).toEqual([3n, 6n, 9n]);
    await expect(pages.page(0n, 3)).resolves.toMatchObject({ count: 3 });
  });
});
