import { prepare } from '../../../compliance-rules/assess-episode.js';
import type { Fact, Facts } from '../../../compliance-rules/facts.js';
import { holds, switchedOn } from '../../../compliance-rules/intervals.js';
import type { Dossier } from '../../../compliance-rules/model.js';
import type { Answer } from '../../../compliance-rules/situation/answers.js';
import type { Assignment } from '../../../compliance-rules/situation/assignments.js';
import { type ChangeRequest, changeRequestsOf } from '../../../compliance-rules/situation/change-requests.js';
import { Representatives } from '../../../compliance-rules/situation/representation.js';
import { type KnownFacts, type Situation, situationOf } from '../../../compliance-rules/situation/situation.js';
import { titlesOf } from '../../../compliance-rules/situation/titles.js';
import type { Day } from '../../../kernel/time/day.js';

/** What ends an assignment while the care goes on. */
export type AssignmentEnd = 'ENDED' | 'REPLACED' | 'EMPLOYMENT_ENDED';

/**
 * An episode as its deciders see it: what the valid entries add up to, corrections and annulments taken into account.
 * It stands on the same facts and readings as the rules, so that what a decider lets through and what a rule judges
 * agree.
 */
export class CareEpisode {
  private constructor(
    private readonly known: KnownFacts,
    /** Undefined when no valid start is known. */
    readonly situation: Situation | undefined,
  ) {}

  /** @param dossier holds also the streams that the step to be decided names */
  static of(dossier: Dossier): CareEpisode {
    const known = prepare(dossier).known();
    return new CareEpisode(known, situationOf(known));
  }

  get facts(): Facts {
    return this.known.episode;
  }

  /** The offer with this id. */
  offer(id: string): Fact<'ContactOffered'> | undefined {
    return this.facts.of('ContactOffered').find(({ data }) => data.offer === id);
  }

  /** The last answer to the offer, by day and order, of those that count as one. */
  lastAnswerTo(offer: string): Answer | undefined {
    return this.situation?.answers.given.findLast(({ data }) => data.offer === offer);
  }

  /** The consent with this id, withdrawn or not. */
  consent(id: string): Fact<'ConsentGiven'> | undefined {
    return this.facts.of('ConsentGiven').find(({ data }) => data.consent === id);
  }

  /** Whether the consent was withdrawn, on whatever day. */
  hasWithdrawn(consent: string): boolean {
    return this.facts.of('ConsentWithdrawn').some(({ data }) => data.consent === consent);
  }

  /** The agreement of the plan with this id. */
  agreedPlan(id: string): Fact<'PlanAgreed'> | undefined {
    return this.facts.of('PlanAgreed').find(({ data }) => data.plan === id);
  }

  /** The wish for another contact with this id, and how it was closed. */
  changeRequest(id: string): ChangeRequest | undefined {
    return changeRequestsOf(this.facts).find(({ fact }) => fact.data.request === id);
  }

  /** Whether an agreement about private funds with this id was made. */
  hasFundsAgreement(id: string): boolean {
    return this.facts.of('PrivateFundsAgreementMade').some(({ data }) => data.agreement === id);
  }

  /** Whether an assignment with this id was ever made, active or not. */
  hasAssignment(id: string): boolean {
    return this.facts.of('ContactAssigned', 'ContactReplaced').some(({ data }) => data.assignment === id);
  }

  /** The assignment, if it is active on the day. */
  activeOn(day: Day, id: string): Assignment | undefined {
    return this.assignments.find((assignment) => assignment.id === id && assignment.from <= day && day < assignment.to);
  }

  /** The assignment with the days on which it is active, if it has any. */
  daysOf(id: string): Assignment | undefined {
    return this.assignments.find((assignment) => assignment.id === id);
  }

  /** What ended an assignment that ended on this day, before the end of the care. */
  endOf(id: string, day: Day): AssignmentEnd {
    const on = this.facts.of('ContactEnded', 'ContactReplaced').filter((entry) => entry.day === day);
    if (on.some((entry) => entry.type === 'ContactReplaced' && entry.data.ends === id)) return 'REPLACED';
    return on.some((entry) => entry.type === 'ContactEnded' && entry.data.assignment === id)
      ? 'ENDED'
      : 'EMPLOYMENT_ENDED';
  }

  /** A primary that is active on the day. */
  primaryOn(day: Day): Assignment | undefined {
    return this.assignments.find(({ role, from, to }) => role === 'PRIMARY' && from <= day && day < to);
  }

  private get assignments(): readonly Assignment[] {
    return this.situation?.assignments ?? [];
  }

  /** Whether an absence of the assignment itself (not the employee's leave) is open on the day. */
  isAbsent(assignment: string, day: Day): boolean {
    const own = this.facts
      .of('ContactAbsenceStarted', 'ContactAbsenceEnded')
      .filter(({ data }) => data.assignment === assignment);
    return holds(switchedOn(own, 'ContactAbsenceStarted'), day);
  }

  isPaused(day: Day): boolean {
    return holds(this.situation?.care.paused ?? [], day);
  }

  /** Whether the employee is employed on the day; who never left is. */
  isEmployed(staff: string, day: Day): boolean {
    return !holds(
      switchedOn(this.known.staff(staff).of('EmploymentStarted', 'EmploymentEnded'), 'EmploymentEnded'),
      day,
    );
  }

  /**
   * Whether the employee may be appointed in home care on the day: certificate, or transition where policy allows it
   * (contract §3.1).
   */
  mayBeAppointed(staff: string, day: Day): boolean {
    const days = { from: day, to: day + 1 };
    if (!this.situation) return true;
    return titlesOf(this.known.staff(staff), days, { policy: this.situation.policy, strict: [days] }).every(
      ({ basis, againstPolicy }) => basis !== 'NONE' && !againstPolicy,
    );
  }

  /**
   * Whether an answer by this representative counts: registered for the recipient on or before the day, and still
   * valid.
   */
  mayAnswer(representative: string | undefined, day: Day): boolean {
    const recipient = this.situation?.care.recipient ?? '';
    return new Representatives(recipient, this.known.recipients).mayAnswer(representative, day);
  }

  /** The unit that the episode is in on the day. */
  unitOn(day: Day): string | undefined {
    return this.situation?.care.units.findLast(({ from }) => from <= day)?.value;
  }

  /** Who manages that unit then. */
  managerOn(day: Day): string | undefined {
    return this.situation?.managers.findLast(({ from }) => from <= day)?.value;
  }

  /** Whether the unit was closed by the day. */
  isClosed(unit: string, day: Day): boolean {
    return this.known
      .unit(unit)
      .of('UnitClosed')
      .some((closed) => closed.day <= day);
  }

  /** The highest version of the plan that is recorded. */
  lastVersionOf(plan: string): number {
    const versions = this.facts.of('PlanAgreed', 'PlanRevised').filter(({ data }) => data.plan === plan);
    return Math.max(0, ...versions.map(({ data }) => data.version));
  }
}
