import { Temporal } from 'temporal-polyfill';
import { TIME_ZONE } from '../kernel/time/clock.js';

/**
 * The instants between which a run of civil days in Stockholm lies.
 * @param from `YYYY-MM-DD`, the first day
 * @param to the last day, which is within
 * @returns RFC 3339 UTC with milliseconds; what is not given stays open
 */
export function daySpan(
  from: string | undefined,
  to: string | undefined,
): { readonly from?: string; readonly to?: string } {
  return {
    ...(from === undefined ? {} : { from: startOf(Temporal.PlainDate.from(from)) }),
    ...(to === undefined ? {} : { to: startOf(Temporal.PlainDate.from(to).add({ days: 1 })) }),
  };
}

function startOf(day: Temporal.PlainDate): string {
  return new Date(day.toZonedDateTime(TIME_ZONE).epochMilliseconds).toISOString();
}
