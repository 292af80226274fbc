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
 * may be the first of the
 * year 10000, which has no date.
 */
export function civilDayOf(instant: string): Day {
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
