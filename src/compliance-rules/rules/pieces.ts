import type { Day } from '../../kernel/time/day.js';
import { countedFrom } from '../deadlines.js';
import { FOREVER } from '../intervals.js';
import type { CareForm, Status, TitleBasis } from '../model.js';
import type { Evidence, Piece } from '../rule.js';
import type { Situation } from '../situation/situation.js';

/** Rules can be judged in every form of care; the duty and the policy decide on which days. */
export const ALL_CARE_FORMS: readonly CareForm[] = ['HOME_CARE', 'HOUSING_SUPPORT', 'RESIDENTIAL_CARE', 'LSS'];

/** A deadline by count of days. */
export interface Target {
  /** S of the count; the policy on it gives the number. */
  readonly from: Day;
  readonly days:
    | 'offerTargetDays'
    | 'answerTargetDays'
    | 'assignTargetDays'
    | 'planTargetDays'
    | 'signTargetDays'
    | 'recordTargetDays';
  /** What it is called when the days are over. */
  readonly late: Status;
}

/** What a rule has said so far. A stretch that holds no day says nothing: it falls away when the pieces are joined. */
export class Pieces {
  readonly list: Piece[] = [];
  private assignment: string | undefined;

  /** Whatever is said from here on is said of this assignment. */
  of(assignment: string): this {
    this.assignment = assignment;
    return this;
  }

  /**
   * On the days `[from, to)` the rule has this status.
   * @param dueOn the last day in time
   */
  say(from: Day, to: Day, status: Status, evidence: Evidence, dueOn?: Day, titleBasis?: TitleBasis): this {
    this.list.push({ from, to, status, assignment: this.assignment, dueOn, titleBasis, evidence });
    return this;
  }

  /** On the days `[from, to)` the rule is DUE while the target's count runs, and late after it. */
  sayDue(from: Day, to: Day, target: Target, { care, policy }: Situation, evidence: Evidence): this {
    const over = countedFrom(target.from, policy.on(target.from)[target.days], care.paused);
    this.say(from, Math.min(to, over), 'DUE', evidence, lastDayBefore(over));
    return this.say(Math.max(from, over), to, target.late, evidence);
  }

  /** The same in order of days, for a rule that says it kind by kind. */
  inOrder(): Piece[] {
    return this.list.sort((a, b) => a.from - b.from);
  }
}

/** The day before, or undefined where none is known. */
export function lastDayBefore(day: Day): Day | undefined {
  return day === FOREVER ? undefined : day - 1;
}
