import { addMonths, type Day } from '../kernel/time/day.js';
import { FOREVER, type Span } from './intervals.js';

/**
 * Count of N days from S (contract §3): the first day E such that N unpaused days lie in `[start, E)`; in time up to and
 * including the day before it. FOREVER when a pause without an end keeps the count from filling.
 * @param paused disjoint runs in order
 */
export function countedFrom(start: Day, days: number, paused: readonly Span[]): Day {
  if (days === 0) return start;
  let day = start;
  let left = days;
  for (const pause of paused) {
    if (pause.to <= day) continue;
    const free = Math.max(0, pause.from - day);
    if (left <= free) break;
    left -= free;
    day = pause.to;
    if (day === FOREVER) return FOREVER;
  }
  return day + left;
}

/**
 * A date reached by months, or planned, that falls on a paused day moves to the first day after the pause:
 * FOREVER when that pause has no known end.
 * @param paused disjoint runs in order
 */
export function afterPause(day: Day, paused: readonly Span[]): Day {
  for (const pause of paused) if (pause.from <= day && day < pause.to) return pause.to;
  return day;
}

const added = new Map<number, Day>();
const CACHE_LIMIT = 200_000;
const MONTHS_RANGE = 64;

/** The same day of the month so many months later, or that month's last day, moved past a pause. */
export function monthsFrom(start: Day, months: number, paused: readonly Span[]): Day {
  const key = start * MONTHS_RANGE + months;
  let day = added.get(key);
  if (day === undefined) {
    day = addMonths(start, months);
    if (added.size < CACHE_LIMIT) added.set(key, day);
  }
  return afterPause(day, paused);
}
