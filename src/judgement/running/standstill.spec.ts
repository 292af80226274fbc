import { beforeEach, describe, expect, it } from '@jest/globals';
import { Standstill } from './standstill.js';

describe('a standstill', () => {
  let now: number;
  let standstill: Standstill;
  beforeEach(() => {
    now = 0;
    standstill = new Standstill(() => now);
  });
  const after = (ms: number, mark: string): boolean => {
    now += ms;
    return standstill.lasts(mark);
  };

  it('is one when nothing has moved for a second', () => {
    expect([after(0, 'a'), after(999, 'a'), after(1, 'a')]).toEqual([false, false, true]);
  });

  it('is none while something moves, or while there is nothing to do', () => {
    expect([after(0, 'a'), after(900, 'b'), after(900, 'c'), after(5_000, ''), after(5_000, '')]).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('takes twice as long each time somebody else proves to be alive, up to a bound, and a second again after work of its own', () => {
    const needed = (): number => {
      standstill.lasts('a');
      const start = now;
      while (!standstill.lasts('a')) now += 500;
      return now - start;
    };
    const times = [1, 2, 3, 4, 5, 6].map(() => {
      standstill.lost();
      return needed();
    });
    expect(times).toEqual([2_000, 4_000, 8_000, 16_000, 16_000, 16_000]);
    standstill.worked();
    standstill.lasts('');
    expect(needed()).toBe(1_000);
  });
});
