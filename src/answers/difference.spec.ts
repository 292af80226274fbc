import { describe, expect, it } from '@jest/globals';
import { difference } from './difference.js';

describe('the difference of two states', () => {
  it('names each place in order, with null where one has nothing', () => {
    expect(
      difference(
        { a: 1, b: { c: [1], d: 'x' }, gone: { e: 1 } },
        { a: 1, b: { c: [1, 2], d: 'x' }, come: { f: { g: true } } },
      ),
    ).toEqual([
      { path: 'b.c', from: [1], to: [1, 2] },
      { path: 'come.f.g', from: null, to: true },
      { path: 'gone.e', from: 1, to: null },
    ]);
  });

  it('is empty for equal states, whatever the order of their fields', () => {
    expect(difference({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  });

  it('tells a value that becomes a part, and the other way round', () => {
    expect(difference({ a: 'x' }, { a: { b: 1 } })).toEqual([{ path: 'a', from: 'x', to: { b: 1 } }]);
  });
});
