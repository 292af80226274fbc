import { describe, expect, it } from '@jest/globals';
import { dayOf, formatDay } from '../kernel/time/day.js';
import { afterPause, countedFrom, monthsFrom } from './deadlines.js';
import { FOREVER } from './intervals.js';

describe('a count of N days from S ends before the first E with N unpaused days in [S, E)', () => {
  it.each([
    { days: 0, paused: [], end: 100, why: 'none at all' },
    { days: 1, paused: [], end: 101, why: 'the day itself' },
    { days: 14, paused: [], end: 114, why: 'no pause' },
    { days: 0, paused: [{ from: 90, to: 110 }], end: 100, why: 'none, in a pause' },
    { days: 14, paused: [{ from: 80, to: 90 }], end: 114, why: 'a pause before' },
    { days: 14, paused: [{ from: 80, to: 100 }], end: 114, why: 'a pause up to the day' },
    { days: 14, paused: [{ from: 90, to: 103 }], end: 117, why: 'a pause over the day' },
    { days: 14, paused: [{ from: 105, to: 108 }], end: 117, why: 'a pause within' },
    { days: 14, paused: [{ from: 113, to: 115 }], end: 116, why: 'a pause over the last day' },
    { days: 14, paused: [{ from: 114, to: 120 }], end: 114, why: 'a pause after the last day' },
    {
      days: 14,
      paused: [
        { from: 101, to: 103 },
        { from: 105, to: 106 },
        { from: 130, to: 140 },
      ],
      end: 117,
      why: 'pauses',
    },
    { days: 14, paused: [{ from: 101, to: FOREVER }], end: FOREVER, why: 'a pause without an end' },
    { days: 1, paused: [{ from: 101, to: FOREVER }], end: 101, why: 'done before the endless pause' },
  ])('$why: $days', ({ days, paused, end }) => {
    expect(countedFrom(100, days, paused)).toBe(end);
  });
});

describe('a date on a paused day', () => {
  const paused = [
    { from: 100, to: 110 },
    { from: 120, to: FOREVER },
  ];

  it('moves to the first day after the pause', () => {
    expect([99, 100, 109, 110, 119].map((day) => afterPause(day, paused))).toEqual([99, 110, 110, 110, 119]);
    expect(afterPause(120, paused)).toBe(FOREVER);
  });
});

describe('months', () => {
  const after = (day: string, months: number): string => formatDay(monthsFrom(dayOf(day), months, []));

  it('lead to the same day of the month, or its last', () => {
    expect(after('2024-01-15', 6)).toBe('2024-07-15');
    expect(after('2023-08-31', 6)).toBe('2024-02-29');
    expect(after('2024-08-31', 6)).toBe('2025-02-28');
    expect(after('2024-02-29', 12)).toBe('2025-02-28');
    expect(after('2024-02-29', 36)).toBe('2027-02-28');
    expect(after('2023-12-31', 2)).toBe('2024-02-29');
  });

  it('give the same answer again, and move past a pause', () => {
    const day = dayOf('2024-01-15');
    expect(monthsFrom(day, 1, [])).toBe(dayOf('2024-02-15'));
    expect(monthsFrom(day, 1, [{ from: dayOf('2024-02-10'), to: dayOf('2024-02-20') }])).toBe(dayOf('2024-02-20'));
    expect(monthsFrom(day, 1, [])).toBe(dayOf('2024-02-15'));
    expect(monthsFrom(day + 1, 36, [])).toBe(dayOf('2027-01-16'));
  });
});
