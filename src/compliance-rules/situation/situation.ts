import type { Facts } from '../facts.js';
import { ALWAYS, FOREVER, runsOf, type Span, type Stretch } from '../intervals.js';
import { adoptionsOf, policyByDay, type PolicyByDay } from '../policy.js';
import { answersOf, isYes, type Answers } from './answers.js';
import { assessmentsOf, type Assessment } from './assessments.js';
import { appointedIn, assignmentsOf, primaryByDay, type Assignment } from './assignments.js';
import { careOf, dutyDays, judgedDays, type Care } from './care.js';
import { agendaByDay, type Agenda } from './follow-up-agenda.js';
import { Kept } from './kept.js';
import { managementFacts, managersByDay } from './managers.js';
import { representationFacts, Representatives } from './representation.js';
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
  /** Days of the statutory duty as runs, also beyond the days on which care is given. */
  readonly duty: readonly Span[];
  /** Judged days with whether they are local. */
  readonly judgedByKind: readonly Stretch<{ local: boolean }>[];
  /** Judged days as runs. */
  readonly judged: readonly Span[];
  readonly representatives: Representatives;
  readonly answers: Answers;
  readonly assessments: readonly Assessment[];
  /** Everyone who was appointed for a day or more, contact persons (kontaktmän) before the law too. */
  readonly appointed: readonly Assignment[];
  /** Of these those who are a contact on some day. */
  readonly assignments: readonly Assignment[];
  /** *The* primary by day. */
  readonly primary: readonly Stretch<Assignment>[];
  /** Title basis by day, for the assignment at the same place of `assignments`. */
  readonly titles: readonly (readonly TitleStretch[])[];
  /** What is agreed about the next follow-up, by day from the first plan on. */
  readonly agenda: readonly Stretch<Agenda>[];
  /** Who manages the unit that the episode is in, by day. */
  readonly managers: readonly Stretch<string | undefined>[];
}

/** Lays the facts out, or gives undefined when no valid start is known. */
export function situationOf(known: KnownFacts): Situation | undefined {
  return new SituationOverTime().at(known);
}

/**
 * One episode laid out at one knowledge time after another: what nothing new is known about stays the thing that it
 * was.
 */
export class SituationOverTime {
  private readonly care = new Kept<Care | undefined>();
  private readonly policy = new Kept<PolicyByDay>();
  private readonly duty = new Kept<readonly Span[]>();
  private readonly judgedByKind = new Kept<Situation['judgedByKind']>();
  private readonly judged = new Kept<readonly Span[]>();
  private readonly appointed = new Kept<readonly Assignment[]>();
  private readonly assignments = new Kept<readonly Assignment[]>();
  private readonly representatives = new Kept<Representatives>();
  private readonly answers = new Kept<Answers>();
  private readonly assessments = new Kept<readonly Assessment[]>();
  private readonly primary = new Kept<Situation['primary']>();
  private readonly titles = new Kept<Situation['titles']>();
  private readonly agenda = new Kept<Situation['agenda']>();
  private readonly managers = new Kept<Situation['managers']>();
  private readonly situation = new Kept<Situation>();

  /** As {@link situationOf}; the same object as the last time where nothing that it is made from has changed. */
  at(known: KnownFacts): Situation | undefined {
    const facts = known.episode;
    const care = this.care.ofFacts(facts, [], careOf);
    if (!care) return undefined;
    const policy = this.policy.of([care.units, ...adoptionsOf(care.units, known)], () =>
      policyByDay(care.units, care.careForm, known),
    );
    const duty = this.duty.of([care, policy], () => dutyDays(care, policy));
    const judgedByKind = this.judgedByKind.of([care, duty, policy], () => judgedDays(care, duty, policy));
    const judged = this.judged.of([judgedByKind], () => runsOf(judgedByKind));
    const representatives = this.representatives.of(
      [care.recipient, ...representationFacts(known.recipients)],
      () => new Representatives(care.recipient, known.recipients),
    );
    const answers = this.answers.ofFacts(facts, [representatives], (read) => answersOf(read, representatives));
    const firstYes = answers.given.find(isYes)?.day ?? FOREVER;
    const employees = appointedIn(facts).map((staff) => known.staff(staff));
    const appointed = this.appointed.ofFacts(facts, [care.end, firstYes, ...employees], (read) =>
      assignmentsOf(read, care.end, (staff) => known.staff(staff), firstYes),
    );
    const assignments = this.assignments.of([appointed], () => appointed.filter(({ from, to }) => from < to));
    const assessments = this.assessments.ofFacts(facts, [care], (read) => assessmentsOf(read, care));
    const primary = this.primary.of([assignments], () => primaryByDay(assignments));
    const titles = this.titles.of([assignments, policy, duty, care.careForm], () => {
      const strict = care.careForm === 'HOME_CARE' ? ALWAYS : duty;
      return assignments.map((assignment) => titlesOf(assignment.employee, assignment, { policy, strict }));
    });
    const managers = this.managers.of([care.units, ...managementFacts(care.units, known)], () =>
      managersByDay(care.units, known),
    );
    const agenda = this.agenda.ofFacts(facts, [], agendaByDay);
    return this.situation.of(
      [
        facts,
        care,
        policy,
        duty,
        judgedByKind,
        representatives,
        answers,
        assessments,
        appointed,
        assignments,
        primary,
        titles,
        agenda,
        managers,
      ],
      () => ({
        facts,
        care,
        policy,
        duty,
        judgedByKind,
        judged,
        representatives,
        answers,
        assessments,
        appointed,
        assignments,
        primary,
        titles,
        agenda,
        managers,
      }),
    );
  }
}
