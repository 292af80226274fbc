import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { Dossier } from '../../../src/compliance-rules/model.js';
import { Assignments } from './assignments.js';
import { Case } from './case.js';
import { last } from './facts.js';
import { Rules, type JudgedStatus } from './rules.js';
import type { TitleBasis } from './verdict.js';

/** A contact who is active on a day; the title basis from 2023-07-01 on. */
export interface JudgedContact {
  readonly assignment: string;
  readonly staff: string;
  readonly role: string;
  readonly absent: boolean;
  readonly titleBasis?: TitleBasis;
}

/** What the contract says of one episode on one day. */
export interface Judgement {
  readonly ongoing: boolean;
  readonly judged: boolean;
  readonly local: boolean;
  readonly careForm: string | undefined;
  readonly unit: string | undefined;
  readonly paused: boolean;
  readonly statuses: readonly JudgedStatus[];
  /** As a unit's list shows it (contract §5); undefined when the episode is not ongoing. */
  readonly state: string | undefined;
  readonly contacts: readonly JudgedContact[];
  /** The assignment of *the* primary. */
  readonly primary: string | undefined;
  /** The assignments of those who are only a kontaktman. */
  readonly contactPersons: readonly string[];
  /** What the policy of the day rests on, as it was recorded; local statuses carry it. */
  readonly policyBasis: unknown;
  /** Wishes to change a contact that nobody has closed; none when the episode is not ongoing. */
  readonly changeRequests: readonly { readonly request: string; readonly assignment: string; readonly since: Day }[];
  /** The day of the plan meeting that is booked and not held; undefined when the episode is not ongoing. */
  readonly meetingOn: Day | undefined;
  /** Ids of what was said to the latest offer and is no answer: ANSWER's evidence names them. */
  readonly noAnswers: readonly string[];
  /** The figures of the supervisory report that count this episode on this day; none on a day that is no duty day. */
  readonly figures: readonly string[];
}

/** "By status of the rule, in any assignment" */
const BY_STATUS: readonly (readonly [figure: string, rule: string, status: string])[] = [
  ['answerLate', 'ANSWER', 'WARNING'],
  ['assignedDue', 'ASSIGNED', 'DUE'],
  ['assignedBreach', 'ASSIGNED', 'BREACH'],
  ['assignedWarning', 'ASSIGNED', 'WARNING'],
  ['unnecessaryWarning', 'UNNECESSARY', 'WARNING'],
  ['declineReasonWarning', 'DECLINE_REASON', 'WARNING'],
  ['informedWarning', 'INFORMED', 'WARNING'],
  ['namedWarning', 'NAMED', 'WARNING'],
  ['deputyWarning', 'DEPUTY', 'WARNING'],
  ['consentWarning', 'CONSENT', 'WARNING'],
  ['bookedWarning', 'BOOKED', 'WARNING'],
  ['agreedWithWarning', 'AGREED_WITH', 'WARNING'],
  ['notedWarning', 'NOTED', 'WARNING'],
  ['appointedWarning', 'APPOINTED', 'WARNING'],
  ['changeWarning', 'CHANGE', 'WARNING'],
  ['startedInTimeWarning', 'STARTED_IN_TIME', 'WARNING'],
  ['trainingBreach', 'TRAINING', 'BREACH'],
  ['signedBreach', 'SIGNED', 'BREACH'],
  ['yearlyBreach', 'YEARLY', 'BREACH'],
  ['followUpDateBreach', 'FOLLOW_UP_DATE', 'BREACH'],
  ['firstContactBreach', 'FIRST_CONTACT', 'BREACH'],
  ['planRenewedBreach', 'PLAN_RENEWED', 'BREACH'],
  ['riskBreach', 'RISK', 'BREACH'],
];

/**
 * An independent, naive judge of the compliance rules: it asks each sentence of the contract of one day at a time, and
 * knows nothing of how the product does it. Slow on purpose.
 */
export class Judge {
  private readonly of: Case;
  private readonly contacts: Assignments;
  private readonly rules: Rules;

  /** @param dossier what is known: an earlier knowledge is a dossier cut there. */
  constructor(dossier: Dossier) {
    this.of = new Case(dossier);
    this.contacts = new Assignments(this.of);
    this.rules = new Rules(this.of, this.contacts);
  }

  /** The judgement of one day. */
  on(day: Day): Judgement {
    const statuses = this.rules.on(day);
    return {
      ongoing: this.of.ongoing(day),
      judged: this.of.judged(day),
      local: this.of.localDay(day),
      careForm: this.of.careForm,
      unit: this.of.ongoing(day) ? this.of.unit(day) : undefined,
      paused: this.of.paused(day),
      statuses,
      state: this.of.ongoing(day) ? this.state(day) : undefined,
      contacts: this.contacts.active(day).map((contact) => ({
        assignment: contact.id,
        staff: contact.staff,
        role: contact.role,
        absent: this.contacts.absent(contact, day),
        ...(day < dayOf('2023-07-01') ? {} : { titleBasis: this.rules.ofContacts.titleBasis(contact.staff, day) }),
      })),
      primary: this.contacts.thePrimary(day)?.id,
      contactPersons: this.contacts.contactPersons(day).map((contact) => contact.id),
      policyBasis: this.of.adopted(day)?.data['basis'],
      changeRequests: this.of.ongoing(day) ? this.rules.ofContacts.openRequests(day) : [],
      meetingOn: this.of.ongoing(day) ? this.rules.ofPlans.meetingOn(day) : undefined,
      noAnswers: this.noAnswers(day),
      figures: this.of.dutyDay(day) ? this.figures(day, statuses) : [],
    };
  }

  private noAnswers(day: Day): readonly string[] {
    const offer = this.of.judged(day) ? last(this.of.facts, day, 'ContactOffered') : undefined;
    return offer === undefined ? [] : this.of.noAnswers(offer, day).map((fact) => fact.id);
  }

  /** "State, the first that fits" */
  private state(day: Day): string {
    if (this.of.paused(day)) return 'PAUSED';
    if (this.of.standingYes(day)) return this.contacts.primaries(day).length > 0 ? 'ACTIVE' : 'ACCEPTED_NO_CONTACT';
    if (this.of.standingNo(day)) return 'DECLINED';
    if (last(this.of.facts, day, 'ContactOffered')) return 'OFFER_PENDING';
    if (this.of.validAssessment(day)) return 'UNNECESSARY';
    if (last(this.of.facts, day, 'ObviousUnnecessityAssessed')) return 'UNNECESSARY_REASSESS';
    return 'NOT_OFFERED';
  }

  /** "each episode in the first that fits, in this order", and what is counted of them. */
  private figures(day: Day, statuses: readonly JudgedStatus[]): readonly string[] {
    const is = (rule: string, status: string): boolean =>
      statuses.some((each) => each.rule === rule && each.status === status);
    const group = this.populationGroup(day, is);
    const figures = ['population', group];
    const within = (...groups: string[]): boolean => groups.includes(group);
    const primary = this.contacts.thePrimary(day);
    const title = primary && statuses.find((each) => each.rule === 'TITLE' && each.assignment === primary.id);
    const plan = statuses.find((each) => each.rule === 'PLAN');
    const count = (name: string, counts: boolean): void => {
      if (counts) figures.push(name);
    };
    count('offered', within('accepted', 'declined', 'unanswered'));
    count('unnecessaryReassess', within('offerDue', 'offerBreach') && is('UNNECESSARY', 'BREACH'));
    count('declinedWithoutReason', within('declined') && is('DECLINE_REASON', 'BREACH'));
    count('withPrimary', within('accepted') && primary !== undefined);
    count('withoutPrimary', within('accepted') && primary === undefined);
    count('planMet', within('accepted') && plan?.status === 'MET' && !plan.byPlanDeclined);
    count('planDeclined', within('accepted') && plan?.status === 'MET' && plan.byPlanDeclined === true);
    count('planDue', within('accepted') && plan?.status === 'DUE');
    count('planBreach', within('accepted') && plan?.status === 'BREACH');
    count('planOtherDue', !within('accepted') && plan?.status === 'DUE');
    count('planOtherBreach', !within('accepted') && plan?.status === 'BREACH');
    count('titleCertificate', title?.titleBasis === 'CERTIFICATE');
    count('titleTransition', title?.status === 'MET' && title.titleBasis === 'TRANSITION');
    count('titleBreach', title?.status === 'BREACH' && title.kind === 'STATUTORY');
    count('titleAgainstPolicy', title?.status === 'BREACH' && title.kind === 'LOCAL');
    const planned = last(this.of.facts, day, 'PlanAgreed') !== undefined;
    count('followUpMet', planned && is('FOLLOW_UP', 'MET'));
    count('followUpBreach', planned && is('FOLLOW_UP', 'BREACH'));
    count('contactPerson', this.contacts.contactPersons(day).length > 0);
    for (const [name, rule, status] of BY_STATUS) count(name, is(rule, status));
    return figures;
  }

  private populationGroup(day: Day, is: (rule: string, status: string) => boolean): string {
    if (this.of.standingYes(day)) return 'accepted';
    if (this.of.standingNo(day)) return 'declined';
    if (last(this.of.facts, day, 'ContactOffered')) return 'unanswered';
    if (this.of.validAssessment(day)) return 'unnecessary';
    return is('OFFER', 'DUE') ? 'offerDue' : 'offerBreach';
  }
}
