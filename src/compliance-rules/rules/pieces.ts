import type { Day } from '../../kernel/time/day.js';
import { countedFrom } from '../deadlines.js';
import { FOREVER, type Span } from '../intervals.js';
import type { CareForm, Status } from '../model.js';
import type { Piece } from '../rule.js';
import type { Situation } from '../situation/situation.js';

/** Rules can be judged in every form of care; the duty and the policy decide on which days. */
export const ALL_CARE_FORMS: readonly CareForm[] = ['HOME_CARE', 'HOUSING_SUPPORT', 'RESIDENTIAL_CARE', 'LSS'];

/** What a piece says besides its days. */
type Saying = Omit<Piece, 'from' | 'to'>;

/** A piece, or nothing where it would hold no day. */
export function piece(from: Day, to: Day, saying: Saying): Piece[] {
  return from < to ? [{ from, to, ...saying }] : [];
}

/** A deadline by count of days. */
export interface Target {
  /** S of the count; its policy gives the number. */
  readonly from: Day;
  readonly parameter: 'offerTargetDays' | 'answerTargetDays' | 'assignTargetDays' | 'planTargetDays' | 'signTargetDays' | 'recordTargetDays';
  /** What it is called when the days are over. */
  readonly late: Status;
}

/** DUE within the days while the target's count runs, late after it. */
export function dueThenLate(days: Span, target: Target, { care, policy }: Situation, about: Pick<Piece, 'assignment' | 'evidence'>): Piece[] {
  const overOn = countedFrom(target.from, policy.on(target.from)[target.parameter], care.paused);
  return [
    ...piece(days.from, Math.min(days.to, overOn), { ...about, status: 'DUE', dueOn: lastDayBefore(overOn) }),
    ...piece(Math.max(days.from, overOn), days.to, { ...about, status: target.late }),
  ];
}

/** The day before, or undefined where none is known. */
export function lastDayBefore(day: Day): Day | undefined {
  return day === FOREVER ? undefined : day - 1;
}
