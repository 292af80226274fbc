import { describe, expect, it } from '@jest/globals';
import { lastDayToReview, periodOf, periodsToReview, reviewStatus } from './period.js';

describe('the months that are reviewed', () => {
  it.each([
    ['2026-01-15', '2026-04-10', ['2026-02', '2026-03']],
    ['2026-01-01', '2026-03-01', ['2026-01', '2026-02']],
    ['2026-01-15', '2026-02-28', []],
    ['2026-01-31', '2026-03-01', ['2026-02']],
    ['2025-11-30', '2026-01-31', ['2025-12']],
  ])('of a log that began on %s are, on %s, %j', (began, today, months) =>
    expect(periodsToReview(began, today).map(({ month }) => month)).toEqual(months),
  );

  it('go from their first day to their last', () =>
    expect(periodOf('2028-02')).toEqual({ month: '2028-02', from: '2028-02-01', to: '2028-02-29' }));
});

describe('a month that is over', () => {
  const january = periodOf('2026-01');

  it('is due for 31 days, and a breach from the day after', () => {
    expect(lastDayToReview(january)).toBe('2026-03-03');
    expect(reviewStatus(january, [], '2026-03-03')).toBe('DUE');
    expect(reviewStatus(january, [], '2026-03-04')).toBe('BREACH');
  });

  it('is signed when all that was drawn of it is', () => {
    expect(reviewStatus(january, [{ signed: true }], '2026-05-01')).toBe('SIGNED');
    expect(reviewStatus(january, [{ signed: true }, { signed: false }], '2026-02-02')).toBe('DUE');
    expect(reviewStatus(january, [{ signed: true }, { signed: false }], '2026-05-01')).toBe('BREACH');
  });
});
