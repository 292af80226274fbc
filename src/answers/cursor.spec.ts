import { describe, expect, it } from '@jest/globals';
import { cursorOf, keyOf, type Order, pageOf } from './cursor.js';

const letters = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ group: id < 'c' ? '1' : '2', id }));
const order: Order<{ group: string; id: string }> = { key: (item) => [item.group, item.id], parts: 2 };

describe('paging', () => {
  it('goes through a list once, in order, and says when there is no more', () => {
    const first = pageOf(letters, { limit: 2 }, order);
    const second = pageOf(letters, { limit: 2, ...(first.next ? { cursor: first.next } : {}) }, order);
    const third = pageOf(letters, { limit: 2, ...(second.next ? { cursor: second.next } : {}) }, order);
    expect([first, second, third].map(({ items }) => items.map(({ id }) => id).join(''))).toEqual(['ab', 'cd', 'e']);
    expect(third.next).toBeUndefined();
  });

  it('goes on after the last item also when that has gone since', () => {
    const { next } = pageOf(letters, { limit: 2 }, order);
    expect(
      pageOf(
        letters.filter(({ id }) => id !== 'b'),
        { limit: 2, cursor: next ?? '' },
        order,
      ).items.map(({ id }) => id),
    ).toEqual(['c', 'd']);
  });

  it('ends exactly at the end', () => {
    expect(pageOf(letters, { limit: 5 }, order).next).toBeUndefined();
    expect(pageOf([], { limit: 5 }, order)).toEqual({ items: [] });
  });

  it.each(['', 'nonsense!', cursorOf(['one']), `${cursorOf(['1', 'b'])}=`])(
    'refuses %j, which no page ended with',
    (cursor) => {
      expect(() => keyOf(cursor, 2)).toThrow('CURSOR_MALFORMED');
    },
  );
});
