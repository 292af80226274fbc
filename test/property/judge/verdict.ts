import { dayOf, formatDay, type Day } from '../../../src/kernel/time/day.js';
import type { Case } from './case.js';
import type { Policy } from './policy.js';

export type Status = 'MET' | 'DUE' | 'BREACH' | 'WARNING';
export type TitleBasis = 'CERTIFICATE' | 'TRANSITION' | 'EMPLOYER_APPROVED' | 'NONE';
export type Kind = 'STATUTORY' | 'LOCAL';

/** What one rule says of one day. */
export interface Verdict {
  readonly status: Status;
  readonly titleBasis?: TitleBasis;
  /** The last day that is still in time, where there is one. */
  readonly dueOn?: Day;
  /** Where it is not what the rule itself is. */
  readonly kind?: Kind;
  /** Of a plan that is MET: that only a PlanDeclined makes it so. */
  readonly byPlanDeclined?: true;
}

type Keys<Value> = { [Key in keyof Policy]: Policy[Key] extends Value ? Key : never }[keyof Policy];
/** The values that are a number of days, always set or off by default. */
export type TargetDays = Extract<Keys<number | undefined>, `${string}Days`>;

/** "on, with N, by the policy on the day S it counts from"; undefined where the rule is off. */
export function targetOn(of: Case, from: Day, target: TargetDays): number | undefined {
  return of.policy(from)[target];
}

/** DUE before the first day that is too late; from it on what the rule says. */
export function before(end: Day | undefined, day: Day, then: Status): Verdict {
  if (end !== undefined && day >= end) return { status: then };
  return { status: 'DUE', ...(end === undefined ? {} : { dueOn: end - 1 }) };
}

/** DUE while in time, by "Count of N days from S" with the policy on S; no status where that is off. */
export function due(of: Case, from: Day, target: TargetDays, day: Day, then: Status): Verdict | undefined {
  const count = targetOn(of, from, target);
  return count === undefined ? undefined : before(of.countEnd(from, count), day, then);
}

/** Something that is to be done from a day on, and whether it is by the day that is judged. */
export interface Item {
  readonly from: Day;
  readonly done: boolean;
}

/**
 * "Of those on: MET when all are done, WARNING when one is late, else DUE", and of several open the earliest last day.
 * @param late what one that is late is.
 */
export function allDone(
  of: Case,
  items: readonly Item[],
  target: TargetDays,
  day: Day,
  late: Status,
): Verdict | undefined {
  const on = items.filter(({ from }) => targetOn(of, from, target) !== undefined);
  if (on.length === 0) return undefined;
  const open = on.filter(({ done }) => !done).map(({ from }) => due(of, from, target, day, late));
  if (open.length === 0) return { status: 'MET' };
  if (open.some((each) => each?.status === late)) return { status: late };
  const ends = open.flatMap((each) => (each?.dueOn === undefined ? [] : [each.dueOn]));
  return { status: 'DUE', ...(ends.length === 0 ? {} : { dueOn: Math.min(...ends) }) };
}

/** The first day of the unbroken run of days, up to and including this one, of which the condition holds. */
export function firstOfRun(day: Day, holds: (day: Day) => boolean): Day {
  let first = day;
  while (holds(first - 1)) first -= 1;
  return first;
}

/** "the same day of the month, or its last" */
export function monthsAfter(day: Day, months: number): Day {
  const [year, month, date] = formatDay(day).split('-').map(Number) as [number, number, number];
  const count = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const leap = (toYear % 4 === 0 && toYear % 100 !== 0) || toYear % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const toDate = Math.min(date, lengths[toMonth - 1] ?? 31);
  return dayOf(
    `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-${String(toDate).padStart(2, '0')}`,
  );
}
