import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civilDateOf, civilDayOf, dayByCalendar } from './clock.js';
import { dayOf, LAST_DAY } from './day.js';

describe('the civil day at an instant', () => {
  it('is Stockholm’s, in winter and in summer', () => {
    expect(
      ['2026-01-31T22:59:59.999Z', '2026-01-31T23:00:00Z', '2026-06-30T21:59:59Z', '2026-06-30T22:00:00.000Z'].map(
        civilDateOf,
      ),
    ).toEqual(['2026-01-31', '2026-02-01', '2026-06-30', '2026-07-01']);
  });

  it('is told of whatever a source may write, with many decimals, in the first year and in the last hour', () => {
    expect(civilDayOf('2026-11-22T12:00:00.123456789123Z')).toBe(dayOf('2026-11-22'));
    expect(civilDayOf('0000-01-01T12:00:00Z')).toBe(dayOf('0000-01-01'));
    expect(civilDayOf('9999-12-31T22:59:59.999Z')).toBe(LAST_DAY);
    expect(civilDayOf('9999-12-31T23:30:00Z')).toBe(LAST_DAY + 1);
  });

  it('is the calendar’s, by arithmetic too', () => {
    const hour = 3_600_000;
    const around = fc
      .tuple(fc.integer({ min: 1990, max: 2040 }), fc.constantFrom(2, 9), fc.integer({ min: -192, max: 24 }))
      .map(([year, month, hours]) => Date.UTC(year, month, 31) + hours * hour - 1);
    const any = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2041, 0, 1) });
    fc.assert(
      fc.property(fc.oneof(any, around), (millis) => {
        const instant = new Date(millis).toISOString();
        expect(civilDayOf(instant)).toBe(dayByCalendar(instant));
      }),
      { numRuns: 2_000 },
    );
    expect(civilDayOf('2016-12-31T23:59:60Z')).toBe(dayByCalendar('2016-12-31T23:59:60Z'));
    expect(() => civilDayOf('2026-02-30T12:00:00Z')).toThrow(RangeError);
  });
});
