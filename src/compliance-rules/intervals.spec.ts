import { describe, expect, it } from '@jest/globals';
import {
  BEGINNING,
  FOREVER,
  holds,
  intersect,
  runsOf,
  span,
  subtract,
  switchedOn,
  toInterval,
  until,
  valuesByDay,
} from './intervals.js';

describe('stretches of days', () => {
  it('join where they overlap or touch, and drop where they are empty', () => {
    expect(
      runsOf([
        { from: 7, to: 9 },
        { from: 1, to: 3 },
        { from: 3, to: 5 },
        { from: 6, to: 6 },
        { from: 7, to: 8 },
      ]),
    ).toEqual([
      { from: 1, to: 5 },
      { from: 7, to: 9 },
    ]);
    expect(runsOf([{ from: 4, to: 4 }])).toEqual([]);
  });

  it('share the days that are in both', () => {
    expect(
      intersect(
        [
          { from: 1, to: 5 },
          { from: 8, to: 12 },
        ],
        [
          { from: 0, to: 2 },
          { from: 4, to: 9 },
          { from: 11, to: 20 },
        ],
      ),
    ).toEqual([
      { from: 1, to: 2 },
      { from: 4, to: 5 },
      { from: 8, to: 9 },
      { from: 11, to: 12 },
    ]);
    expect(intersect([{ from: 1, to: 3 }], [{ from: 3, to: 5 }])).toEqual([]);
    expect(
      intersect(
        [
          { from: 1, to: 3 },
          { from: 3, to: 6 },
        ],
        [
          { from: 2, to: 3 },
          { from: 3, to: 4 },
        ],
      ),
    ).toEqual([
      { from: 2, to: 3 },
      { from: 3, to: 4 },
    ]);
  });

  it('leave the days that are not in the other', () => {
    expect(
      subtract(
        [{ from: 1, to: 10 }],
        [
          { from: 0, to: 2 },
          { from: 4, to: 5 },
          { from: 9, to: 12 },
        ],
      ),
    ).toEqual([
      { from: 2, to: 4 },
      { from: 5, to: 9 },
    ]);
    expect(
      subtract(
        [
          { from: 1, to: 3 },
          { from: 5, to: 7 },
        ],
        [
          { from: 0, to: 1 },
          { from: 3, to: 5 },
          { from: 7, to: 8 },
        ],
      ),
    ).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 7 },
    ]);
    expect(subtract([{ from: 1, to: 3 }], [{ from: 1, to: 3 }])).toEqual([]);
    expect(subtract([{ from: 1, to: 3 }], [])).toEqual([{ from: 1, to: 3 }]);
  });

  it('hold their first day and not their last', () => {
    const spans = [
      { from: 1, to: 3 },
      { from: 5, to: 6 },
    ];
    expect([0, 1, 2, 3, 4, 5, 6].filter((day) => holds(spans, day))).toEqual([1, 2, 5]);
  });

  it('have no end in public where none is known', () => {
    expect(span(3, 3)).toEqual([]);
    expect(span(3, 4)).toEqual([{ from: 3, to: 4 }]);
    expect(Object.keys(toInterval({ from: 3, to: FOREVER }))).toEqual(['from']);
    expect(toInterval({ from: 3, to: 4 })).toEqual({ from: 3, to: 4 });
    expect(until({ a: 1 }, FOREVER - 1)).toEqual({ a: 1, to: FOREVER - 1 });
    expect(BEGINNING).toBeLessThan(-1_000_000);
  });
});

describe('states by day', () => {
  const on = (day: number) => ({ day, type: 'ON' });
  const off = (day: number) => ({ day, type: 'OFF' });

  it('last from on to the next off; a repeated one adds nothing', () => {
    expect(switchedOn([on(1), on(3), off(5), off(7), on(9)], 'ON')).toEqual([
      { from: 1, to: 5 },
      { from: 9, to: FOREVER },
    ]);
    expect(switchedOn([off(1)], 'ON')).toEqual([]);
  });

  it('go by the last switch of a day', () => {
    expect(switchedOn([on(1), off(1)], 'ON')).toEqual([]);
    expect(switchedOn([on(1), off(4), on(4), off(6)], 'ON')).toEqual([{ from: 1, to: 6 }]);
  });

  it('have the value that was set last', () => {
    const set = [
      { day: 1, is: 'a' },
      { day: 3, is: 'b' },
      { day: 3, is: 'c' },
      { day: 5, is: 'c' },
    ];
    expect(valuesByDay(set, ({ is }) => is)).toEqual([
      { from: 1, to: 3, value: 'a' },
      { from: 3, to: 5, value: 'c' },
      { from: 5, to: FOREVER, value: 'c' },
    ]);
  });
});
