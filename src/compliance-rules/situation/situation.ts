import type { Facts } from '../facts.js';
import { runsOf, type Span, type Stretch } from '../intervals.js';
import { policyByDay, type PolicyByDay } from '../policy.js';
import { answersOf, type Answers } from './answers.js';
import { assessmentsOf, type Assessment } from './assessments.js';
import { assignmentsOf, primaryByDay, type Assignment } from './assignments.js';
import { careOf, dutyDays, judgedDays, type Care } from './care.js';
import { agendaByDay, type Agenda } from './follow-up-agenda.js';
import { Representatives } from './representation.js';
import { titlesOf, type TitleStretch } from './titles.js';

/** All facts that an episode's judgement rests on, as far as they are known at one instant. */
export interface KnownFacts {
  readonly episode: Facts;
  readonly recipients: ReadonlyMap<string, Facts>;
  staff(id: string): Facts;
  unit(id: string): Facts;
  policy(controller: string): Facts;
}

/** An episode laid out in days: what the rules read. Built once, then each rule is a look at it. */
export interface Situation {
  readonly facts: Facts;
  readonly care: Care;
  readonly policy: PolicyByDay;
  /** Judged days with whether they are local. */
  readonly judgedByKind: readonly Stretch<{ local: boolean }>[];
  /** Judged days as runs. */
  readonly judged: readonly Span[];
  readonly answers: Answers;
  readonly assessments: readonly Assessment[];
  readonly assignments: readonly Assignment[];
  /** *The* primary by day. */
  readonly primary: readonly Stretch<Assignment>[];
  /** Title basis by day, for the assignment at the same place of `assignments`. */
  readonly titles: readonly (readonly TitleStretch[])[];
  /** What is agreed about the next follow-up, by day from the first plan on. */
  readonly agenda: readonly Stretch<Agenda>[];
}

/** Lays the facts out, or gives undefined when no valid start is known. */
export function situationOf(known: KnownFacts): Situation | undefined {
  const facts = known.episode;
  const care = careOf(facts);
  if (!care) return undefined;
  const policy = policyByDay(care.units, known);
  const duty = dutyDays(care.careForm, policy);
  const judgedByKind = judgedDays(care, duty, policy);
  const assignments = assignmentsOf(facts, care.end, (staff) => known.staff(staff));
  // "For HOME_CARE always" is the same: its duty began before the title was asked for.
  const law = { policy, strict: duty };
  return {
    facts,
    care,
    policy,
    judgedByKind,
    judged: runsOf(judgedByKind),
    answers: answersOf(facts, new Representatives(care.recipient, known.recipients)),
    assessments: assessmentsOf(facts, care),
    assignments,
    primary: primaryByDay(assignments),
    titles: assignments.map((assignment) => titlesOf(assignment.employee, assignment, law)),
    agenda: agendaByDay(facts),
  };
}
