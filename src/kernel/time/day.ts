/**
 * A civil day as a whole number: days since 1970-01-01. Rules and views compare and add days all the time;
 * a number makes that exact, cheap and free of time zones. `YYYY-MM-DD` is its only textual form.
 */
export type Day = number;

const MS_PER_DAY = 86_400_000;
const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const parsed = new Map<string, Day | undefined>();
const written = new Map<Day, string>();
const CACHE_LIMIT = 100_000;

/** The last day that `YYYY-MM-DD` can name, 9999-12-31. */
export const LAST_DAY: Day = Date.UTC(9999, 11, 31) / MS_PER_DAY;

/** The day that `YYYY-MM-DD` names, or undefined when the text has another form or names no calendar day. */
export function parseDay(text: string): Day | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const day = compute(text);
  if (parsed.size < CACHE_LIMIT) parsed.set(text, day);
  return day;
}

function compute(text: string): Day | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const day = dayNumber(year, month, date);
  const instant = new Date(day * MS_PER_DAY);
  const same =
    instant.getUTCFullYear() === year && instant.getUTCMonth() === month - 1 && instant.getUTCDate() === date;
  return same ? day : undefined;
}

/** The day of a year (0 and on), month (from 1) and day of the month; what is too many runs over. */
export function dayNumber(year: number, month: number, date: number): Day {
  return new Date(0).setUTCFullYear(year, month - 1, date) / MS_PER_DAY;
}

/** As {@link parseDay}, for text that was checked before. @throws RangeError when it is no calendar day. */
export function dayOf(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError(`no calendar day: ${text}`);
  return day;
}

/** The `YYYY-MM-DD` form of a day. */
export function formatDay(day: Day): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  if (written.size < CACHE_LIMIT) written.set(day, text);
  return text;
}

/** The same day of the month `months` later, or that month's last day (contract §3, "Months from S"). */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * MS_PER_DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const daysInMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), daysInMonth)) / MS_PER_DAY;
}
