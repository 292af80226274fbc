import type { Day } from '../../kernel/time/day.js';
import { countedFrom } from '../deadlines.js';
import { FOREVER, intersect, span, type Span } from '../intervals.js';
import type { CareForm, RuleKind, Status, TitleBasis } from '../model.js';
import type { PolicyValues } from '../policy.js';
import type { Evidence, Piece } from '../rule.js';
import type { Situation } from '../situation/situation.js';

/** Rules can be judged in every form of care; the duty and the policy decide on which days. */
export const ALL_CARE_FORMS: readonly CareForm[] = [
  'HOME_CARE',
  'HOUSING_SUPPORT',
  'RESIDENTIAL_CARE',
  'LSS',
  'SHORT_TERM',
  'DAY_CARE',
];

/** The policy values that are a number of days and always there. */
type Days = {
  [N in keyof PolicyValues]-?: N extends `${string}TargetDays` ? (PolicyValues[N] extends number ? N : never) : never;
}[keyof PolicyValues];

/** A deadline by count of days. */
export interface Target {
  /** S of the count; the policy on it gives the number. */
  readonly from: Day;
  readonly days: Days;
  /** What it is called when the days are over. */
  readonly late: Status;
}

/** Something that is to be done from a day on. */
export interface Task extends Span {
  /** The first day on which it is done; FOREVER while it is not. */
  readonly done: Day;
  /** The first day on which it is late, unless it is done. */
  readonly late: Day;
  readonly evidence: Evidence;
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
  say(
    from: Day,
    to: Day,
    status: Status,
    evidence: Evidence,
    dueOn?: Day,
    title: { readonly titleBasis?: TitleBasis; readonly kind?: RuleKind } = {},
  ): this {
    this.list.push({ from, to, status, assignment: this.assignment, dueOn, ...title, evidence });
    return this;
  }

  /** On the days `[from, to)` the rule is DUE while the target's count runs, and late after it. */
  sayDue(from: Day, to: Day, target: Target, { care, policy }: Situation, evidence: Evidence): this {
    const over = countedFrom(target.from, policy.on(target.from)[target.days], care.paused);
    return this.sayUntil(from, to, over, target.late, evidence);
  }

  /** On the days `[from, to)` the rule is DUE before the day `over`, and late from it on. */
  sayUntil(from: Day, to: Day, over: Day, late: Status, evidence: Evidence): this {
    this.say(from, Math.min(to, over), 'DUE', evidence, lastDayBefore(over));
    return this.say(Math.max(from, over), to, late, evidence);
  }

  /**
   * Says of several tasks together, on the days `within`: MET when all that have begun are done, late when one is late,
   * else DUE by the earliest that is open.
   */
  sayTasks(tasks: readonly Task[], within: Span, late: Status): this {
    const turns = [...new Set(tasks.flatMap((task) => [task.from, task.done, task.late]))].sort((a, b) => a - b);
    turns.forEach((turn, index) => {
      for (const { from, to } of intersect(span(turn, turns[index + 1] ?? FOREVER), [within])) {
        const begun = tasks.filter((task) => task.from <= from);
        const open = begun.filter(({ done }) => from < done);
        const evidence = begun.flatMap((task) => task.evidence);
        if (begun.length === 0) continue;
        if (open.length === 0) this.say(from, to, 'MET', evidence);
        else if (open.some((task) => task.late <= from)) this.say(from, to, late, evidence);
        else this.say(from, to, 'DUE', evidence, lastDayBefore(Math.min(...open.map((task) => task.late))));
      }
    });
    return this;
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
