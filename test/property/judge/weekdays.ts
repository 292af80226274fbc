import { formatDay, type Day } from '../../../src/kernel/time/day.js';

/**
 * Days of work in Sweden, reckoned as one would from an almanac: Easter is the Sunday after the paschal full moon, which the
 * golden number of the year gives (1900–2199); every other movable feast lies so many days from it, or is a certain day of
 * the week between two dates.
 */

/** The paschal full moon by golden number, from 1: `[month, day]`. */
const FULL_MOONS = [
  '04-14',
  '04-03',
  '03-23',
  '04-11',
  '03-31',
  '04-18',
  '04-08',
  '03-28',
  '04-16',
  '04-05',
  '03-25',
  '04-13',
  '04-02',
  '03-22',
  '04-10',
  '03-30',
  '04-17',
  '04-07',
  '03-27',
];

const at = (year: number, monthAndDay: string): Date => new Date(`${year}-${monthAndDay}T00:00:00.000Z`);
const written = (date: Date): string => date.toISOString().slice(0, 10);
const plus = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);

/** The first day that falls on this day of the week (0 = Sunday), on or after a date. */
function firstOn(weekday: number, from: Date): Date {
  return plus(from, (weekday - from.getUTCDay() + 7) % 7);
}

/** Easter Sunday: "the Sunday after", so never the day of the full moon itself. */
function easter(year: number): Date {
  return firstOn(0, plus(at(year, FULL_MOONS[year % 19] ?? '04-14'), 1));
}

/** The public holidays of a year that may fall on another day than a Sunday, and the three eves on which nobody works. */
export function daysOff(year: number): readonly string[] {
  const sunday = easter(year);
  const midsummer = firstOn(6, at(year, '06-20'));
  const feasts = [
    at(year, '01-01'),
    at(year, '01-06'),
    plus(sunday, -2),
    plus(sunday, 1),
    at(year, '05-01'),
    plus(sunday, 39),
    // The national day has been a holiday since 2005, in the place of Whit Monday.
    year < 2005 ? plus(sunday, 50) : at(year, '06-06'),
    midsummer,
    firstOn(6, at(year, '10-31')),
    at(year, '12-25'),
    at(year, '12-26'),
  ];
  const eves = [plus(midsummer, -1), at(year, '12-24'), at(year, '12-31')];
  return [...feasts, ...eves].map(written).sort();
}

const known = new Map<number, ReadonlySet<string>>();

/** "Monday–Friday but Swedish public holidays and Midsummer, Christmas, New Year's Eve" */
export function isWeekday(day: Day): boolean {
  const date = formatDay(day);
  const year = Number(date.slice(0, 4));
  const off = known.get(year) ?? new Set(daysOff(year));
  known.set(year, off);
  const ofTheWeek = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return ofTheWeek >= 1 && ofTheWeek <= 5 && !off.has(date);
}
