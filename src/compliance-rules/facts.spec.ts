import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../kernel/time/day.js';
import { dayIn, Facts, firstDay, gives, inOrder, records, required, text, texts, type Fact } from './facts.js';

const fact = (type: string, order: number, data: Record<string, unknown> = {}, day = 1): Fact => ({
  id: `${type}${order}`,
  type,
  order,
  day,
  data,
});

describe('a field of a fact', () => {
  const some = fact('Some', 0, {
    word: 'x',
    date: '2024-02-29',
    none: null,
    number: 1,
    words: ['a', 2, 'b', null],
    people: [{ kind: 'RELATIVE' }, 'x', null],
  });

  it('is read as what it is, or not at all', () => {
    expect([text(some, 'word'), text(some, 'none'), text(some, 'number'), text(some, 'absent')]).toEqual([
      'x',
      undefined,
      undefined,
      undefined,
    ]);
    expect([texts(some, 'words'), texts(some, 'word'), texts(some, 'absent')]).toEqual([['a', 'b'], [], []]);
    expect([records(some, 'people'), records(some, 'word'), records(some, 'absent')]).toEqual([
      [{ kind: 'RELATIVE' }],
      [],
      [],
    ]);
    expect([dayIn(some, 'date'), dayIn(some, 'absent')]).toEqual([dayOf('2024-02-29'), undefined]);
    expect(() => dayIn(some, 'word')).toThrow(RangeError);
  });

  it('was given also when it is sealed', () => {
    expect([gives(some, 'none'), gives(some, 'word'), gives(some, 'absent')]).toEqual([true, true, false]);
  });

  it('that must be there and is not is said by its name, never by its value', () => {
    expect(required(some, 'word')).toBe('x');
    expect(() => required(some, 'number')).toThrow(new TypeError('Some without number'));
  });
});

describe('the facts of a stream', () => {
  const facts = new Facts([fact('A', 0), fact('B', 1), fact('A', 2, {}, 3), fact('C', 3, {}, 4)]);

  it('are found by type, in the order of entries', () => {
    expect(facts.of('A').map(({ order }) => order)).toEqual([0, 2]);
    expect(facts.of('A', 'B').map(({ order }) => order)).toEqual([0, 1, 2]);
    expect(facts.of('B', 'D').map(({ order }) => order)).toEqual([1]);
    expect(facts.of('D')).toEqual([]);
    expect(facts.of('D', 'E')).toEqual([]);
    expect([firstDay(facts.of('A')), firstDay(facts.of('D'))]).toEqual([1, undefined]);
  });

  it('are ordered by day, then by place', () => {
    const shuffled = [fact('A', 2, {}, 1), fact('B', 0, {}, 2), fact('C', 1, {}, 1)].sort(inOrder);
    expect(shuffled.map(({ type }) => type)).toEqual(['C', 'A', 'B']);
  });
});
