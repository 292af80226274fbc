import type { FactName } from '../facts/event-catalogue.js';
import type { Day } from '../kernel/time/day.js';
import type { Span } from './intervals.js';
import type { CareForm, RuleKind, Status, TitleBasis } from './model.js';
import type { PolicyValues } from './policy.js';
import type { Situation } from './situation/situation.js';

/**
 * Entries that a judgement rests on, in order: one with a day bears on the days from its own on, an id alone on every
 * day of the stretch.
 * What became true after a day is no evidence of what is said of it (contract §3, Facts).
 */
export type Evidence = readonly (string | { readonly id: string; readonly day: Day })[];

/** What a rule says of a stretch of days, before the stretch is cut to judged days and joined with its neighbours. */
export interface Piece extends Span {
  readonly status: Status;
  readonly assignment?: string;
  /** The last day that is still in time. */
  readonly dueOn?: Day;
  readonly titleBasis?: TitleBasis;
  /** Where it is another than the rule's own, or where it tells pieces apart. */
  readonly kind?: RuleKind;
  readonly evidence: Evidence;
}

/**
 * A rule's own judgement. Pure; the pieces of one assignment (or of none) are disjoint, in order and side by side in
 * the result.
 * It says what it would say of every day; which days are judged is not its business.
 */
export type Evaluate = (situation: Situation) => readonly Piece[];

/** One released form of a rule. Never changed once released: a mended evaluator is a new version. */
export interface RuleVersion {
  readonly version: string;
  /** The rule in Swedish, for a lawyer to read. */
  readonly text: string;
  /** The first day that is judged by it; absent = as far back as there are judged days. */
  readonly validFrom?: Day;
  /** The last day that is judged by it; absent = no end is known. */
  readonly validTo?: Day;
  /** Policy values that set its targets. They are local, also where the rule is law. */
  readonly parameters: readonly (keyof PolicyValues)[];
  readonly evaluate: Evaluate;
}

/** A text of law or routine and the days on which it is the basis. */
export interface LegalBasis {
  readonly text: string;
  readonly from?: Day;
  /** The last day. */
  readonly to?: Day;
}

/** How a rule is spoken of to people, in the words of the routine. */
export interface RuleWords {
  /** Its name in a row of a page, where the whole one is too long. */
  readonly short?: string;
  /** What is wanting where it is not met, in a row of a page. */
  readonly lack: string;
  /** The same, told to who records a step: what is wanting, and how it is put right. */
  readonly wanting: string;
  /** What is recorded to mend a lack, and what the button to it says. */
  readonly mendedBy: FactName;
  readonly button: string;
}

/** A rule of the catalogue. */
export interface Rule {
  readonly id: string;
  /** What people see as its name, in Swedish. */
  readonly name: string;
  readonly words: RuleWords;
  /** A STATUTORY rule is law on days of the duty alone, and local on all others. */
  readonly kind: RuleKind;
  /** Which legal basis it has (`legal-basis.ts`). */
  readonly basis: string;
  /** Forms in which it can be judged; on which days, the duty and the policy say. */
  readonly careForms: readonly CareForm[];
  /** Said per assignment. */
  readonly perAssignment: boolean;
  /** In the order of release. */
  readonly versions: readonly RuleVersion[];
}
