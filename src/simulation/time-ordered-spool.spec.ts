import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Random } from './random.js';
import { TimeOrderedSpool } from './time-ordered-spool.js';

const DAY = 86_400;
const START = 19_000 * DAY;

describe('the spool that puts lines in order', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spool-spec-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function moments(count: number): number[] {
    const random = new Random('moments');
    return Array.from({ length: count }, () => START + random.below(60) * DAY + random.below(DAY));
  }

  function filled(spool: TimeOrderedSpool, all: readonly number[]): TimeOrderedSpool {
    all.forEach((at, index) => spool.add(at, JSON.stringify({ at, index, text: 'Åsa bor på Ängsvägen' })));
    return spool;
  }

  const inOrder = (all: readonly number[]): { at: number; index: number }[] =>
    all.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at || a.index - b.index);

  it.each([
    ['in memory', 1_000_000, 0],
    ['on disk', 4_000, 1],
  ])('hands out lines by their moment, those of one second as they came: %s', (_, budget, folders) => {
    const all = [...moments(500), START, START, START];
    const spool = filled(new TimeOrderedSpool(START, budget, folder), all);
    expect(readdirSync(folder)).toHaveLength(folders);
    const lines = [...spool.drain()].map((line) => JSON.parse(line) as { at: number; index: number; text: string });
    expect(lines.map(({ at, index }) => ({ at, index }))).toEqual(inOrder(all));
    expect(lines.every(({ text }) => text === 'Åsa bor på Ängsvägen')).toBe(true);
  });

  it('lets go of each file when its turn has come, and of the folder when it is closed', () => {
    const spool = filled(new TimeOrderedSpool(START, 4_000, folder), moments(500));
    const [name = ''] = readdirSync(folder);
    const before = readdirSync(join(folder, name)).length;
    const lines = spool.drain();
    lines.next();
    expect(readdirSync(join(folder, name))).toHaveLength(before - 1);
    spool.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
