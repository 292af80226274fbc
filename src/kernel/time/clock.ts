import { Temporal } from 'temporal-polyfill';
import { type Day, dayNumber, formatDay } from './day.js';

/** The time zone in which the register's civil dates are meant (contract §1). */
export const TIME_ZONE = 'Europe/Stockholm';

/** The only source of "now". Injected everywhere, so that a test can say what time it is. */
export interface Clock {
  /** The present instant as RFC 3339 UTC with milliseconds, e.g. `2026-11-22T05:40:00.000Z`. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** A clock that stands still until it is set; for tests, previews and replays. */
export class FixedClock implements Clock {
  constructor(private instant: string) {}
  now(): string {
    return this.instant;
  }
  set(instant: string): void {
    this.instant = instant;
  }
}

/** More decimals than the calendar reads; RFC 3339 allows any number. */
const BEYOND_NANOSECONDS = /(\.\d{9})\d+/;

/**
 * The civil day in Stockholm at an instant (RFC 3339). A source may claim any instant that can be written, so the day
 * may be the first of the year 10000, which has no date.
 */
export function civilDayOf(instant: string): Day {
  const year = Number(instant.slice(0, 4));
  return year >= SAME_RULE.from && year <= SAME_RULE.to && IN_UTC.test(instant)
    ? dayByRule(instant)
    : dayByCalendar(instant);
}

// The calendar takes 9 µs, and a report asks for thousands of days. From 1996 on summer time there is as by directive
// 2000/84/EC: from one o'clock UTC on the last Sunday of March to the same hour on that of October. Other years, and
// years of which nobody knows yet, are the calendar's.
const SAME_RULE = { from: 1996, to: 2036 };
const IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MARCH = 2;
const OCTOBER = 9;

function dayByRule(instant: string): Day {
  const second = instant.slice(0, 19);
  const millis = Date.parse(`${second}Z`);
  // A leap second, and a day that no month has: the calendar knows what they mean, or refuses them.
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 19) !== second) return dayByCalendar(instant);
  const summer = summerOf(Number(instant.slice(0, 4)));
  const offset = millis >= summer.from && millis < summer.to ? 2 * HOUR : HOUR;
  return Math.floor((millis + offset) / DAY);
}

const summers = new Map<number, { readonly from: number; readonly to: number }>();

function summerOf(year: number): { readonly from: number; readonly to: number } {
  let summer = summers.get(year);
  if (!summer) summers.set(year, (summer = { from: lastSundayOf(year, MARCH), to: lastSundayOf(year, OCTOBER) }));
  return summer;
}

/** One o'clock UTC on the last Sunday of a month that has 31 days, in milliseconds. */
function lastSundayOf(year: number, month: number): number {
  const last = Date.UTC(year, month, 31, 1);
  return last - new Date(last).getUTCDay() * DAY;
}

/** The same by the calendar of all years. */
export function dayByCalendar(instant: string): Day {
  const { year, month, day } = Temporal.Instant.from(instant.replace(BEYOND_NANOSECONDS, '$1'))
    .toZonedDateTimeISO(TIME_ZONE)
    .toPlainDate();
  return dayNumber(year, month, day);
}

/** The civil date in Stockholm at an instant of the register's own, as `YYYY-MM-DD`. */
export function civilDateOf(instant: string): string {
  return formatDay(civilDayOf(instant));
}

let thisHour = { hour: '', date: '' };

/** Today's civil date in Stockholm, as `YYYY-MM-DD`. */
export function today(clock: Clock): string {
  const now = clock.now();
  // Dates change at full hours of UTC there, and asking the calendar costs more than a command's whole decision.
  const hour = now.slice(0, 13);
  if (hour !== thisHour.hour) thisHour = { hour, date: civilDateOf(now) };
  return thisHour.date;
}
