import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../../src/kernel/time/day.js';
import { daysOff, isWeekday } from './weekdays.js';

/** Red days and eves as printed in Swedish almanacs, Sundays and Saturdays that are red anyway left out or not as they fall. */
const ALMANAC: Readonly<Record<number, string>> = {
  2022: '01-01 01-06 04-15 04-18 05-01 05-26 06-06 06-24 06-25 11-05 12-24 12-25 12-26 12-31',
  2023: '01-01 01-06 04-07 04-10 05-01 05-18 06-06 06-23 06-24 11-04 12-24 12-25 12-26 12-31',
  2024: '01-01 01-06 03-29 04-01 05-01 05-09 06-06 06-21 06-22 11-02 12-24 12-25 12-26 12-31',
  2025: '01-01 01-06 04-18 04-21 05-01 05-29 06-06 06-20 06-21 11-01 12-24 12-25 12-26 12-31',
  2026: '01-01 01-06 04-03 04-06 05-01 05-14 06-06 06-19 06-20 10-31 12-24 12-25 12-26 12-31',
  2027: '01-01 01-06 03-26 03-29 05-01 05-06 06-06 06-25 06-26 11-06 12-24 12-25 12-26 12-31',
  // Easter at its latest of the century, and Ascension Day with it.
  2038: '01-01 01-06 04-23 04-26 05-01 06-03 06-06 06-25 06-26 11-06 12-24 12-25 12-26 12-31',
};

describe('days of work in Sweden', () => {
  it.each(Object.entries(ALMANAC))('of %s are those of the almanac', (year, off) => {
    expect(daysOff(Number(year)).map((day) => day.slice(5))).toEqual(off.split(' '));
  });

  it('held Whit Monday free until 2004 and the national day since 2005', () => {
    expect(['2004-05-31', '2004-06-07', '2005-05-16', '2005-06-06'].map((day) => isWeekday(dayOf(day)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(daysOff(2004)).not.toContain('2004-06-06');
  });

  it('are no Saturdays and Sundays, and other eves are', () => {
    const days = ['2024-01-05', '2024-01-06', '2024-01-07', '2024-01-08', '2024-03-28', '2024-04-30', '2024-11-01'];
    expect(days.map((day) => isWeekday(dayOf(day)))).toEqual([true, false, false, true, true, true, true]);
  });
});
