import { describe, expect, it } from '@jest/globals';
import { Refusals, waitAfter } from './refusals.js';

describe('whoever is refused again and again', () => {
  it('waits from the eleventh time on, ever longer, and never more than five seconds', () => {
    expect([1, 10, 11, 12, 16, 17, 60, 2000].map(waitAfter)).toEqual([0, 0, 100, 200, 3200, 5000, 5000, 5000]);
  });

  it('is known by sign-in and by address: another sign-in from there is as slow', () => {
    const refusals = new Refusals();
    for (let n = 0; n < 10; n++) expect(refusals.add(['caller a', 'address 1'])).toBe(0);
    expect(refusals.add(['caller b', 'address 1'])).toBe(100);
    expect(refusals.add(['caller c', 'address 2'])).toBe(0);
    expect(refusals.add(['caller a', 'address 3'])).toBe(100);
  });

  it('is forgotten after ten minutes without a refusal', () => {
    let now = 1;
    const refusals = new Refusals(() => now);
    for (let n = 0; n < 12; n++) refusals.add(['caller a']);
    now += 600_001;
    expect(refusals.add(['caller a'])).toBe(0);
  });
});
