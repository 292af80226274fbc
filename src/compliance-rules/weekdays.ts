import { type Day, dayNumber, formatDay } from '../kernel/time/day.js';

/** Since when 6 June is a public holiday, and Whit Monday is none (lagen (1989:253) om allmänna helgdagar). */
const NATIONAL_DAY_FROM = 2005;
const THURSDAY = 4;

/** Of days since 1970-01-01, a Thursday: 0 is Sunday. */
const weekdayOf = (day: Day): number => (((day + THURSDAY) % 7) + 7) % 7;

/** Easter Sunday, by the calculation of Gauss in the form of Meeus, Jones and Butcher. */
function easterSunday(year: number): Day {
  const century = Math.floor(year / 100);
  const skipped = Math.floor((8 * century + 13) / 25);
  const golden = year % 19;
  const epact = (19 * golden + century - Math.floor(century / 4) - skipped + 15) % 30;
  const moon = epact - (epact === 29 || (epact === 28 && golden > 10) ? 1 : 0);
  const march = dayNumber(year, 3, 22) + moon - 1;
  return march + 1 + ((7 - weekdayOf(march + 1)) % 7);
}

/** The days of a year that are free on whatever day of the week they fall; those that are always Sundays are left out. */
function freeDays(year: number): ReadonlySet<Day> {
  const easter = easterSunday(year);
  const midsummerEve = dayNumber(year, 6, 19) + ((5 - weekdayOf(dayNumber(year, 6, 19)) + 7) % 7);
  return new Set([
    dayNumber(year, 1, 1),
    dayNumber(year, 1, 6),
    easter - 2,
    easter + 1,
    dayNumber(year, 5, 1),
    easter + 39,
    year < NATIONAL_DAY_FROM ? easter + 50 : dayNumber(year, 6, 6),
    midsummerEve,
    dayNumber(year, 12, 24),
    dayNumber(year, 12, 25),
    dayNumber(year, 12, 26),
    dayNumber(year, 12, 31),
  ]);
}

const known = new Map<number, ReadonlySet<Day>>();

/**
 * Whether a day is Monday to Friday and neither a Swedish public holiday nor Midsummer Eve, Christmas Eve or New Year's
 * Eve (contract §3, Weekday).
 */
export function isWeekday(day: Day): boolean {
  const weekday = weekdayOf(day);
  if (weekday === 0 || weekday === 6) return false;
  const year = Number(formatDay(day).slice(0, 4));
  let free = known.get(year);
  if (!free) known.set(year, (free = freeDays(year)));
  return !free.has(day);
}
