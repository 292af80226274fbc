import { addMonths, type Day, LAST_DAY } from '../kernel/time/day.js';
import { FOREVER, type Span } from './intervals.js';
import { isWeekday } from './weekdays.js';

/**
 * Count of N days from S (contract §3): the first day E such that N unpaused days lie in `[start, E)`; in time up to
 * and including the day before it. FOREVER when a pause without an end keeps the count from filling.
 * @param paused disjoint runs in order
 */
export function countedFrom(start: Day, days: number, paused: readonly Span[]): Day {
  let day = start;
  let left = days;
  for (const pause of paused) {
    const free = Math.max(0, pause.from - day);
    if (left <= free) break;
    left -= free;
    day = Math.max(day, pause.to);
  }
  return Math.min(FOREVER, day + left);
}

/**
 * Count of N weekdays from S: the first day E such that N unpaused weekdays lie in `[start, E)`. FOREVER when a pause
 * without an end keeps the count from filling.
 * @param paused disjoint runs in order
 */
export function weekdaysFrom(start: Day, weekdays: number, paused: readonly Span[]): Day {
  let day = start;
  for (let left = weekdays; left > 0;) {
    if (day > LAST_DAY) return FOREVER;
    const pause = paused.find((run) => run.from <= day && day < run.to);
    if (pause?.to === FOREVER) return FOREVER;
    if (pause) day = pause.to;
    else {
      if (isWeekday(day)) left -= 1;
      day += 1;
    }
  }
  return day;
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

/** The same day of the month so many months later, or that month's last day, moved past a pause. */
export function monthsFrom(start: Day, months: number, paused: readonly Span[]): Day {
  return afterPause(addMonths(start, months), paused);
}
