import type { Interval } from '../compliance-rules/model.js';
import type { Day } from '../kernel/time/day.js';

/** Whether the day lies in the half-open interval. */
export function holdsOn(interval: Interval, day: Day): boolean {
  return interval.from <= day && (interval.to === undefined || day < interval.to);
}

/** The interval that the day lies in, of intervals that do not overlap. */
export function heldOn<T extends Interval>(intervals: readonly T[], day: Day): T | undefined {
  return intervals.find((interval) => holdsOn(interval, day));
}
