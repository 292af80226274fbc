import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { drawnDay, drawnUsers, nameOfSeed, seedCheckpoint } from './draw.js';

const UNIT = '00000002-0000-4000-8000-000000000001';
const JANUARY = { unit: UNIT, from: '2026-01-01', to: '2026-01-31' };
const root = (n: number): string => createHash('sha256').update(String(n)).digest('hex');

/** The same draw by somebody who has the description of it and nothing of this program. */
function redone(unit: string, from: string, to: string, seed: string): string {
  const text = ['fok:log-review:v1', seed, unit, from, to].map((part) => part + String.fromCharCode(0)).join('');
  const number = BigInt(`0x${createHash('sha256').update(text, 'latin1').digest('hex').slice(0, 12)}`);
  const first = Date.parse(`${from}T00:00:00Z`);
  const days = BigInt((Date.parse(`${to}T00:00:00Z`) - first) / 86_400_000 + 1);
  return new Date(first + Number(number % days) * 86_400_000).toISOString().slice(0, 10);
}

describe('the day that is drawn', () => {
  it('is the same when somebody else draws it', () => {
    for (let n = 0; n < 500; n += 1) {
      const month = String((n % 12) + 1).padStart(2, '0');
      const to = new Date(Date.UTC(2026, (n % 12) + 1, 0)).toISOString().slice(0, 10);
      const [unit, from, seed] = [`${UNIT.slice(0, -3)}${100 + n}`, `2026-${month}-01`, root(n)];
      expect(drawnDay({ unit, from, to, seed })).toBe(redone(unit, from, to, seed));
    }
  });

  it('falls on every day of a month about as often', () => {
    const days = new Map<string, number>();
    for (let n = 0; n < 3_100; n += 1) {
      const day = drawnDay({ ...JANUARY, seed: root(n) });
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect([...days.keys()].sort()).toEqual(
      Array.from({ length: 31 }, (_, n) => `2026-01-${String(n + 1).padStart(2, '0')}`),
    );
    for (const times of days.values()) expect(Math.abs(times - 100)).toBeLessThan(50);
  });

  it('is another one for another unit', () => {
    const day = (n: number): string => drawnDay({ ...JANUARY, unit: `unit ${n}`, seed: root(1) });
    expect(new Set(Array.from({ length: 20 }, (_, n) => day(n))).size).toBeGreaterThan(5);
  });
});

describe('the users who are drawn', () => {
  const readers = Array.from({ length: 41 }, (_, n) => `reader-${n}`);
  const drawn = (seed: string) => drawnUsers({ ...JANUARY, seed }, readers);

  it('are a tenth, at least one, of those who looked, whatever the order', () => {
    expect(drawn(root(1))).toHaveLength(5);
    expect(drawnUsers({ ...JANUARY, seed: root(1) }, [...readers, ...readers].reverse())).toEqual(drawn(root(1)));
    expect(drawnUsers({ ...JANUARY, seed: root(1) }, ['only'])).toEqual(['only']);
    expect(drawnUsers({ ...JANUARY, seed: root(1) }, [])).toEqual([]);
  });

  it('are others with another seed', () => expect(drawn(root(1))).not.toEqual(drawn(root(2))));
});

describe('the checkpoint that a draw follows from', () => {
  const after = '2026-01-31T23:00:00.000Z';
  const checkpoints = [
    { size: 10, root: root(1), at: '2026-01-31T22:59:59.999Z' },
    { size: 20, root: root(2), at: after },
    { size: 30, root: root(3), at: '2026-02-02T00:00:00.000Z' },
  ];

  it('is the first after the period', () => {
    expect(seedCheckpoint(checkpoints, after, () => true)?.size).toBe(20);
    expect(seedCheckpoint(checkpoints, '2026-02-03T00:00:00.000Z', () => true)).toBeUndefined();
  });

  it('is the first that is witnessed where witnesses are set: an unwitnessed one could be signed anew', () => {
    expect(seedCheckpoint(checkpoints, after, ({ size }) => size === 30)?.size).toBe(30);
    expect(seedCheckpoint(checkpoints, after, () => false)).toBeUndefined();
  });

  it('is named by its size and root', () => expect(nameOfSeed(checkpoints[1]!)).toBe(`20 ${root(2)}`));
});
