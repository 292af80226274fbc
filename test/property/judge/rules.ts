import { dayOf, formatDay, type Day } from '../../../src/kernel/time/day.js';
import type { Status, TitleBasis } from '../../../src/compliance-rules/model.js';
import type { Assignment, Assignments } from './assignments.js';
import type { Case, Policy } from './case.js';
import { by, isRecord, last, list, text, type Fact } from './facts.js';

export interface JudgedStatus {
  readonly rule: string;
  readonly assignment?: string;
  readonly status: Status;
  readonly titleBasis?: TitleBasis;
  /** The last day that is still in time, where there is one. */
  readonly dueOn?: Day;
}
type Verdict = Omit<JudgedStatus, 'rule' | 'assignment'> | undefined;

const TITLE_RULE = dayOf('2023-07-01');
const TRANSITION_LAST_DAY = dayOf('2033-06-30');
const DOCUMENTS = ['JOURNAL', 'PLAN', 'PROFILE'];
const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];

/** Every rule of contract §3, as its sentence says, for one judged day. */
export class Rules {
  constructor(
    private readonly of: Case,
    private readonly contacts: Assignments,
  ) {}

  /** All statuses of a day; none on a day that is not judged. */
  on(day: Day): readonly JudgedStatus[] {
    if (!this.of.judged(day)) return [];
    const statuses: JudgedStatus[] = [];
    const say = (rule: string, verdict: Verdict, assignment?: string): void => {
      if (verdict) statuses.push({ rule, ...(assignment === undefined ? {} : { assignment }), ...verdict });
    };
    say('OFFER', this.offer(day));
    say('UNNECESSARY', this.unnecessary(day));
    say('ANSWER', this.answer(day));
    say('DECLINE_REASON', this.declineReason(day));
    say('ASSIGNED', this.assigned(day));
    for (const contact of this.contacts.active(day)) {
      say('TITLE', this.title(contact, day), contact.id);
      say('TRAINING', this.training(contact, day), contact.id);
      say('SIGNED', this.signed(contact, day), contact.id);
      say('YEARLY', this.yearly(contact, day), contact.id);
      if (contact.role === 'PRIMARY') say('NAMED', this.named(contact, day), contact.id);
    }
    say('PLAN', this.plan(day));
    say('FOLLOW_UP_DATE', this.followUpDate(day));
    say('FOLLOW_UP', this.followUp(day));
    say('DEPUTY', this.deputy(day));
    say('CONSENT', this.consent(day));
    say('INFORMED', this.informed(day));
    return statuses;
  }

  private offer(day: Day): Verdict {
    if (last(this.of.facts, day, 'ContactOffered')) return { status: 'MET' };
    if (this.of.validAssessment(day)) return { status: 'MET' };
    const without = (each: Day): boolean =>
      this.of.judged(each) && !last(this.of.facts, each, 'ContactOffered') && !this.of.validAssessment(each);
    return this.due(firstOfRun(day, without), 'offerTargetDays', day, 'BREACH');
  }

  private unnecessary(day: Day): Verdict {
    const latest = last(this.of.facts, day, 'ObviousUnnecessityAssessed', 'ContactOffered');
    if (latest?.type !== 'ObviousUnnecessityAssessed') return undefined;
    if (!this.of.validAssessment(day)) return { status: 'BREACH' };
    return { status: latest.data['recipientView'] === undefined ? 'WARNING' : 'MET' };
  }

  private answer(day: Day): Verdict {
    const offer = last(this.of.facts, day, 'ContactOffered');
    if (offer === undefined) return undefined;
    if (this.of.answers(day).some((answer) => text(answer, 'offer') === text(offer, 'offer'))) return { status: 'MET' };
    return this.due(offer.day, 'answerTargetDays', day, 'WARNING');
  }

  private declineReason(day: Day): Verdict {
    const standing = this.of.standing(day);
    if (standing === undefined || !this.of.standingNo(day)) return undefined;
    return { status: text(standing, 'reasonCode') === undefined ? 'BREACH' : 'MET' };
  }

  private assigned(day: Day): Verdict {
    const hasPrimary = this.contacts.primaries(day).length > 0;
    if (this.of.standingNo(day)) return hasPrimary ? { status: 'WARNING' } : undefined;
    if (!this.of.standingYes(day)) return undefined;
    if (hasPrimary) return { status: 'MET' };
    const without = (each: Day): boolean =>
      this.of.judged(each) && this.of.standingYes(each) && this.contacts.primaries(each).length === 0;
    return this.due(firstOfRun(day, without), 'assignTargetDays', day, 'BREACH');
  }

  private title(contact: Assignment, day: Day): Verdict {
    if (day < TITLE_RULE) return undefined;
    const titleBasis = this.titleBasis(contact.staff, day);
    return { status: titleBasis === 'NONE' ? 'BREACH' : 'MET', titleBasis };
  }

  /** Contract §3.1, for a day from 2023-07-01 on. */
  titleBasis(staff: string, day: Day): TitleBasis {
    const facts = this.of.staff(staff);
    const withdrawn = facts
      .filter((fact) => fact.type === 'TitleVerificationWithdrawn')
      .map((fact) => text(fact, 'of'));
    const standing = facts.filter((fact) => !withdrawn.includes(fact.id));
    if (standing.some((fact) => fact.type === 'TitleVerified' && dayOf(text(fact, 'certificateDate') ?? '') <= day))
      return 'CERTIFICATE';
    const transition = standing.some((fact) => fact.type === 'TransitionStatusDocumented');
    if (transition && day <= TRANSITION_LAST_DAY && this.of.policy(day).allowTransition) return 'TRANSITION';
    if (this.of.dutyDay(day) || this.of.careForm === 'HOME_CARE') return 'NONE';
    return by(standing, day, 'ApprovedEducationRecorded').length > 0 ? 'EMPLOYER_APPROVED' : 'NONE';
  }

  private training(contact: Assignment, day: Day): Verdict {
    return { status: last(this.of.staff(contact.staff), day, 'TrainingCompleted') ? 'MET' : 'BREACH' };
  }

  private signed(contact: Assignment, day: Day): Verdict {
    const signatures = by(this.of.staff(contact.staff), day, 'AssignmentDescriptionSigned');
    if (signatures.some((fact) => text(fact, 'assignment') === contact.id)) return { status: 'MET' };
    return this.due(contact.start, 'signTargetDays', day, 'BREACH');
  }

  private yearly(contact: Assignment, day: Day): Verdict {
    const held = last(this.of.staff(contact.staff), day, 'YearlyFollowUpHeld');
    const from = Math.max(contact.start, held?.day ?? contact.start);
    const until = this.of.afterPause(monthsAfter(from, this.of.policy(from).yearlyMonths));
    if (until !== undefined && day >= until) return { status: 'BREACH' };
    return { status: 'MET', ...(until === undefined ? {} : { dueOn: until - 1 }) };
  }

  private plan(day: Day): Verdict {
    if (!this.of.standingYes(day)) return undefined;
    let firstYes: Fact | undefined;
    for (const answer of this.of.answers(day)) {
      if (answer.type === 'OfferDeclined') firstYes = undefined;
      else firstYes ??= answer;
    }
    if (firstYes === undefined) return undefined;
    const from = firstYes.day;
    if (by(this.of.facts, day, 'PlanAgreed', 'PlanRevised').some((plan) => plan.day >= from)) return { status: 'MET' };
    return this.due(from, 'planTargetDays', day, 'BREACH');
  }

  /** The latest PlanAgreed, PlanRevised or FollowUpHeld by the day, and the last date that it or a later entry set. */
  private followUpSet(day: Day): { readonly latest: Fact; readonly date: Day | undefined } | undefined {
    if (!last(this.of.facts, day, 'PlanAgreed')) return undefined;
    const latest = last(this.of.facts, day, 'PlanAgreed', 'PlanRevised', 'FollowUpHeld');
    if (latest === undefined) return undefined;
    let date = text(latest, latest.type === 'FollowUpHeld' ? 'nextFollowUpOn' : 'followUpOn');
    const sequence = by(
      this.of.facts,
      day,
      'PlanAgreed',
      'PlanRevised',
      'FollowUpHeld',
      'FollowUpPlanned',
      'FollowUpNotHeld',
    );
    for (const after of sequence.slice(sequence.indexOf(latest) + 1)) {
      date = text(after, after.type === 'FollowUpPlanned' ? 'on' : 'newDate') ?? date;
    }
    return { latest, date: date === undefined ? undefined : dayOf(date) };
  }

  private followUpDate(day: Day): Verdict {
    const set = this.followUpSet(day);
    return set && { status: set.date === undefined ? 'BREACH' : 'MET' };
  }

  private followUp(day: Day): Verdict {
    const set = this.followUpSet(day);
    if (set === undefined) return undefined;
    const from = set.latest.day;
    const due = this.of.afterPause(set.date ?? monthsAfter(from, this.of.policy(from).planFollowUpMaxMonths));
    if (due !== undefined && day > due) return { status: 'BREACH' };
    return { status: 'MET', ...(due === undefined ? {} : { dueOn: due }) };
  }

  private named(contact: Assignment, day: Day): Verdict {
    const covered = new Set<string | undefined>();
    for (const record of by(this.of.facts, day, 'RecordedInDocument')) {
      if (text(record, 'about') === contact.entry.id) covered.add(text(record, 'document'));
    }
    for (const plan of by(this.of.facts, day, 'PlanAgreed', 'PlanRevised')) {
      if (list(plan, 'contacts').includes(contact.id)) covered.add('PLAN');
    }
    if (DOCUMENTS.every((document) => covered.has(document))) return { status: 'MET' };
    return this.due(contact.start, 'recordTargetDays', day, 'WARNING');
  }

  private deputy(day: Day): Verdict {
    const primary = this.contacts.thePrimary(day);
    if (primary === undefined || !this.contacts.absent(primary, day)) return undefined;
    const standsIn = this.contacts
      .active(day)
      .some((each) => each.role !== 'PRIMARY' && !this.contacts.absent(each, day));
    return { status: standsIn ? 'MET' : 'WARNING' };
  }

  private consent(day: Day): Verdict {
    const relatives = this.of.facts
      .filter(
        (fact) =>
          fact.day === day && ['InformationGiven', 'FollowUpHeld', 'PlanAgreed', 'PlanRevised'].includes(fact.type),
      )
      .flatMap((meeting) => list(meeting, meeting.type.startsWith('Plan') ? 'participants' : 'attendees'))
      .filter(isRecord)
      .filter((person) => person['kind'] === 'RELATIVE');
    if (relatives.length === 0) return undefined;
    return { status: relatives.every((relative) => this.mayAttend(relative['consent'], day)) ? 'MET' : 'WARNING' };
  }

  private mayAttend(consent: unknown, day: Day): boolean {
    if (typeof consent !== 'string') return false;
    const given = by(this.of.facts, day, 'ConsentGiven').some(
      (fact) => text(fact, 'consent') === consent && list(fact, 'scope').includes('ATTEND_MEETINGS'),
    );
    return given && !by(this.of.facts, day, 'ConsentWithdrawn').some((fact) => text(fact, 'consent') === consent);
  }

  private informed(day: Day): Verdict {
    if (!last(this.of.facts, day, 'ContactOffered')) return undefined;
    const meetings = by(this.of.facts, day, 'InformationGiven').filter(
      (fact) => text(fact, 'form') === 'PHYSICAL_MEETING',
    );
    const items = meetings.flatMap((fact) => list(fact, 'items'));
    return { status: ITEMS.every((item) => items.includes(item)) ? 'MET' : 'WARNING' };
  }

  /** DUE while in time, by "Count of N days from S" with the policy on S; then what the rule says. */
  private due(from: Day, target: TargetDays, day: Day, then: Status): Verdict {
    const end = this.of.countEnd(from, this.of.policy(from)[target]);
    if (end !== undefined && day >= end) return { status: then };
    return { status: 'DUE', ...(end === undefined ? {} : { dueOn: end - 1 }) };
  }
}

type TargetDays = {
  [Key in keyof Policy]: Policy[Key] extends number ? (Key extends `${string}Days` ? Key : never) : never;
}[keyof Policy];

/** The first day of the unbroken run of days, up to and including this one, of which the condition holds. */
function firstOfRun(day: Day, holds: (day: Day) => boolean): Day {
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
