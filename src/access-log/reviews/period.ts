import { addMonths, dayOf, formatDay } from '../../kernel/time/day.js';

/** A month's review is due so many days after the month. */
const DAYS_TO_REVIEW = 31;

/** How a month is written: `YYYY-MM`. */
export const MONTH_PATTERN = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A calendar month: `YYYY-MM`, with its first and last day, `YYYY-MM-DD`. */
export interface Period {
  readonly month: string;
  readonly from: string;
  readonly to: string;
}

/** The month that `YYYY-MM` names. */
export function periodOf(month: string): Period {
  const first = dayOf(`${month}-01`);
  return { month, from: formatDay(first), to: formatDay(addMonths(first, 1) - 1) };
}

/**
 * The months that are reviewed: those that are over, from the first whole one after the log began.
 * @param began the day on which the log began; a log that began on the first of a month has that month whole
 */
export function periodsToReview(began: string, today: string): Period[] {
  const periods: Period[] = [];
  const firstOfMonth = dayOf(`${began.slice(0, 7)}-01`);
  for (let first = began.endsWith('-01') ? firstOfMonth : addMonths(firstOfMonth, 1); ; first = addMonths(first, 1)) {
    const period = periodOf(formatDay(first).slice(0, 7));
    if (period.to >= today) return periods;
    periods.push(period);
  }
}

/** Where the review of a unit's month stands. */
export type ReviewStatus = 'DUE' | 'BREACH' | 'SIGNED';

/** The last day on which the review of a month is in time. */
export function lastDayToReview({ to }: Pick<Period, 'to'>): string {
  return formatDay(dayOf(to) + DAYS_TO_REVIEW);
}

/**
 * A month is signed when all that was drawn of it is: who draws once more, with another outcome, has more to review and
 * not something else.
 * @param draws of each whether every look in it was gone through by somebody who may
 */
export function reviewStatus(
  period: Pick<Period, 'to'>,
  draws: readonly { readonly signed: boolean }[],
  today: string,
): ReviewStatus {
  if (draws.length > 0 && draws.every(({ signed }) => signed)) return 'SIGNED';
  return today <= lastDayToReview(period) ? 'DUE' : 'BREACH';
}
