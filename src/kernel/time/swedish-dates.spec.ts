import { describe, expect, it } from '@jest/globals';
import { ageOn, atTime, civil, howLong, instantOf, longDay, shortDate, weekdayDate, weekOf } from './swedish-dates.js';

describe('days and instants in words', () => {
  it('are written as Swedes write them', () => {
    expect(longDay('2026-06-30')).toBe('30 juni 2026');
    expect(shortDate('2022-10-03')).toBe('3 okt 2022');
    expect(weekdayDate('2026-06-30')).toBe('Tisdag 30 juni 2026');
    expect(atTime('2022-10-20T12:00:00.000Z')).toBe('20 oktober 2022 kl. 14.00');
  });

  it('know the week of ISO 8601 where the year turns', () => {
    expect([weekOf('2026-07-02'), weekOf('2026-12-31'), weekOf('2027-01-03'), weekOf('2027-01-04')]).toEqual([
      27, 53, 53, 1,
    ]);
  });

  it('say how long it has been', () => {
    expect(howLong('2026-06-29', '2026-06-30')).toBe('1 dag');
    expect(howLong('2026-06-18', '2026-06-30')).toBe('12 dagar');
    expect(howLong('2025-12-31', '2026-06-30')).toBe('5 månader');
    expect(howLong('2022-10-19', '2026-06-30')).toBe('3 år 8 mån');
    expect(howLong('2022-06-30', '2026-06-30')).toBe('4 år');
  });

  it('know how old somebody is on the birthday and the day before', () => {
    expect([ageOn('1946-06-30', '2026-06-29'), ageOn('1946-06-30', '2026-06-30')]).toEqual([79, 80]);
  });

  it('find the instant of a time of day in Stockholm, in winter, in summer and when the clock is put back', () => {
    expect(instantOf('2026-01-10', '14.00')).toBe('2026-01-10T13:00:00.000Z');
    expect(instantOf('2026-07-10', '14.00')).toBe('2026-07-10T12:00:00.000Z');
    expect(instantOf('2026-10-25', '02.30')).toBe('2026-10-25T01:30:00.000Z');
    expect(civil('2026-07-09T22:30:00.000Z')).toEqual({ day: '2026-07-10', time: '00.30' });
  });
});
