import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addMonths, dayOf, formatDay } from './day.js';

describe('addMonths', () => {
  it('takes the same day of the month, or the last where there is none such', () => {
    expect(formatDay(addMonths(dayOf('2024-01-31'), 1))).toBe('2024-02-29');
    expect(formatDay(addMonths(dayOf('2024-02-29'), 12))).toBe('2025-02-28');
    expect(formatDay(addMonths(dayOf('2026-08-31'), 6))).toBe('2027-02-28');
    expect(formatDay(addMonths(dayOf('2026-03-31'), -1))).toBe('2026-02-28');
  });

  it('agrees with Temporal on every day', () => {
    const day = fc.integer({ min: dayOf('1900-01-01'), max: dayOf('2999-12-31') });
    fc.assert(
      fc.property(day, fc.integer({ min: -36, max: 36 }), (start, months) => {
        expect(formatDay(addMonths(start, months))).toBe(
          Temporal.PlainDate.from(formatDay(start)).add({ months }, { overflow: 'constrain' }).toString(),
        );
      }),
    );
  });
});
