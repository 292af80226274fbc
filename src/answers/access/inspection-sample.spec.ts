import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleOf } from './inspection-sample.js';

const seed = {
  root: '8f4180a88166b7ba8f4180a88166b7ba8f4180a88166b7ba8f4180a88166b7ba',
  inspection: '0000000f-0000-4000-8000-000000000001',
};
const persons = fc.uniqueArray(fc.uuid(), { maxLength: 60 });

/** The sample as docs/reference/inspection-sample.md says it, written without looking at the program. */
function redone(root: string, inspection: string, all: readonly string[], size: number): string[] {
  const ranked = all.map((id) => {
    const sha = createHash('sha256');
    for (const part of ['fok:inspection-sample:v1', root, inspection, id]) sha.update(part).update(Buffer.from([0]));
    return `${sha.digest('hex')} ${id}`;
  });
  return ranked
    .sort()
    .slice(0, size)
    .map((line) => line.split(' ')[1] ?? '');
}

describe('the sample of an inspection', () => {
  it('can be redone by anybody from the root, the inspection and the persons', () => {
    fc.assert(
      fc.property(persons, fc.nat({ max: 70 }), (all, size) => {
        const drawn = sampleOf(seed, all, size).map(({ recipient }) => recipient);
        expect(drawn).toEqual(redone(seed.root, seed.inspection, all, size));
      }),
    );
  });

  it('is the same whatever the order of the persons, and a larger one begins with it', () => {
    fc.assert(
      fc.property(persons, fc.nat({ max: 30 }), (all, size) => {
        const drawn = sampleOf(seed, all, size);
        expect(sampleOf(seed, [...all].reverse(), size)).toEqual(drawn);
        expect(sampleOf(seed, [...all, ...all], size + 5).slice(0, size)).toEqual(drawn);
      }),
    );
  });

  it('is another one for another checkpoint and for another inspection', () => {
    const all = Array.from({ length: 200 }, (_, n) => `person ${n}`);
    const of = (changed: Partial<typeof seed>) =>
      sampleOf({ ...seed, ...changed }, all, 10).map((one) => one.recipient);
    expect(of({ root: seed.root.replace('8', '9') })).not.toEqual(of({}));
    expect(of({ inspection: `${seed.inspection}x` })).not.toEqual(of({}));
  });

  it('draws everybody about as often as everybody else', () => {
    const all = Array.from({ length: 50 }, (_, n) => `person ${n}`);
    const times = new Map(all.map((id) => [id, 0]));
    for (let n = 0; n < 2_000; n += 1)
      for (const { recipient } of sampleOf({ ...seed, root: String(n) }, all, 10))
        times.set(recipient, (times.get(recipient) ?? 0) + 1);
    // 2,000 draws of 10 among 50: 400 each, and five deviations of 17.9 to either side.
    for (const count of times.values()) expect(Math.abs(count - 400)).toBeLessThan(90);
  });
});
