import { describe, expect, it } from '@jest/globals';
import { knownAt } from './knowledge.js';
import type { World } from './world.js';

/** How many of the first entries are known, when the register's clock said this at each. */
function known(at: string, ...seconds: readonly string[]): number {
  const recordedAt = seconds.map((each) => `2026-11-22T10:00:${each}Z`);
  const lines = recordedAt.map((_, index) => ({ ref: String(index) })) as unknown as World['lines'];
  return knownAt({ today: '2026-11-22', lines, recordedAt }, `2026-11-22T10:00:${at}Z`).lines.length;
}

describe('as known at T', () => {
  it('is what was recorded by then', () => {
    expect(['00.999', '01', '01.000', '01.500', '02.000'].map((at) => known(at, '01.000', '02.000'))).toEqual([
      0, 1, 1, 1, 2,
    ]);
  });

  it('takes in all of a millisecond, when T has no more than three decimals', () => {
    expect(known('01.000', '01.000', '01.000', '01.000', '01.001')).toBe(3);
    expect(known('01', '01.000', '01.000')).toBe(2);
  });

  it('tells them apart by microseconds, when T has more: each is known one later than the one before it', () => {
    const thrice = ['01.000', '01.000', '01.000'];
    expect(['01.000000', '01.000001', '01.000002', '01.0000019'].map((at) => known(at, ...thrice))).toEqual([
      1, 2, 3, 2,
    ]);
  });

  it('follows the log where the clock was set back: what came after is known after', () => {
    // The instants of knowledge are 05.000, 05.000001, 05.000002, 06.000.
    const back = ['05.000', '03.000', '04.000', '06.000'];
    expect(['03.000', '04.999', '05.000', '05.000001', '05.500', '06.000'].map((at) => known(at, ...back))).toEqual([
      0, 0, 3, 2, 3, 4,
    ]);
  });

  it('ends at the first that was recorded later, whatever comes after it', () => {
    expect(known('05.000', '05.000', '05.001', '04.000')).toBe(1);
    expect(known('05.001', '05.000', '05.001', '04.000')).toBe(3);
  });
});
