import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { Assignment, Assignments } from './assignments.js';
import type { Case } from './case.js';
import { by, last, list, text, type Fact } from './facts.js';
import { PLANS } from './people.js';
import { allDone, due, monthsAfter, type TitleBasis, type Verdict } from './verdict.js';

const TITLE_RULE = dayOf('2023-07-01');
const TRANSITION_LAST_DAY = dayOf('2033-06-30');

/** Courses are compared without regard to case and outer blanks. */
function course(name: unknown): string {
  return String(name).trim().toLocaleLowerCase('sv');
}

/** The rules that are judged per active assignment, and the one that looks for a stand-in. */
export class ContactRules {
  constructor(
    private readonly of: Case,
    private readonly contacts: Assignments,
  ) {}

  title(contact: Assignment, day: Day): Verdict | undefined {
    if (day < TITLE_RULE) return undefined;
    if (contact.role === 'DEPUTY' && !this.of.policy(day).titleForDeputy) return undefined;
    const titleBasis = this.titleBasis(contact.staff, day);
    if (titleBasis === 'NONE') return { status: 'BREACH', titleBasis };
    // "where case 2 fails by `allowTransition` alone": the law would have allowed it, so that the breach is local.
    if (titleBasis === 'TRANSITION' && !this.of.policy(day).allowTransition)
      return { status: 'BREACH', titleBasis, kind: 'LOCAL' };
    return { status: 'MET', titleBasis };
  }

  /**
   * Contract §3.1, for a day from 2023-07-01 on. TRANSITION is also the basis of who would be entitled by it if the policy
   * allowed it, and by nothing else.
   */
  titleBasis(staff: string, day: Day): TitleBasis {
    const facts = this.of.staff(staff);
    const withdrawn = facts
      .filter((fact) => fact.type === 'TitleVerificationWithdrawn')
      .map((fact) => text(fact, 'of'));
    const standing = facts.filter((fact) => !withdrawn.includes(fact.id));
    if (standing.some((fact) => fact.type === 'TitleVerified' && dayOf(text(fact, 'certificateDate') ?? '') <= day))
      return 'CERTIFICATE';
    const transition =
      day <= TRANSITION_LAST_DAY && standing.some((fact) => fact.type === 'TransitionStatusDocumented');
    if (transition && this.of.policy(day).allowTransition) return 'TRANSITION';
    const elsewhere = !this.of.dutyDay(day) && this.of.careForm !== 'HOME_CARE';
    if (elsewhere && by(standing, day, 'ApprovedEducationRecorded').length > 0) return 'EMPLOYER_APPROVED';
    return transition ? 'TRANSITION' : 'NONE';
  }

  training(contact: Assignment, day: Day): Verdict {
    const courses = this.of.policy(day).trainingCourses?.map(course);
    const completed = by(this.of.staff(contact.staff), day, 'TrainingCompleted');
    return {
      status: completed.some((fact) => courses === undefined || courses.includes(course(text(fact, 'course'))))
        ? 'MET'
        : 'BREACH',
    };
  }

  signed(contact: Assignment, day: Day): Verdict | undefined {
    const signatures = by(this.of.staff(contact.staff), day, 'AssignmentDescriptionSigned');
    if (signatures.some((fact) => text(fact, 'assignment') === contact.id)) return { status: 'MET' };
    return due(this.of, this.contacts.countsFrom(contact, day), 'signTargetDays', day, 'BREACH');
  }

  yearly(contact: Assignment, day: Day): Verdict {
    const held = last(this.of.staff(contact.staff), day, 'YearlyFollowUpHeld');
    const counted = this.contacts.countsFrom(contact, day);
    const from = Math.max(counted, held?.day ?? counted);
    const until = this.of.afterPause(monthsAfter(from, this.of.policy(from).yearlyMonths));
    if (until !== undefined && day >= until) return { status: 'BREACH' };
    return { status: 'MET', ...(until === undefined ? {} : { dueOn: until - 1 }) };
  }

  /** A primary in journal, plan and profile; a second, where the policy on its start says so, in journal and plan. */
  named(contact: Assignment, day: Day): Verdict | undefined {
    const second = contact.role === 'SECOND' && this.of.policy(contact.start).nameSecond;
    if (contact.role !== 'PRIMARY' && !second) return undefined;
    const covered = new Set<string | undefined>();
    for (const record of by(this.of.facts, day, 'RecordedInDocument')) {
      if (text(record, 'about') === contact.entry.id) covered.add(text(record, 'document'));
    }
    for (const plan of by(this.of.facts, day, ...PLANS)) {
      if (list(plan, 'contacts').includes(contact.id)) covered.add('PLAN');
    }
    const documents = second ? ['JOURNAL', 'PLAN'] : ['JOURNAL', 'PLAN', 'PROFILE'];
    if (documents.every((document) => covered.has(document))) return { status: 'MET' };
    return due(this.of, this.contacts.countsFrom(contact, day), 'recordTargetDays', day, 'WARNING');
  }

  /** "MET when `appointedBy` is the unit's manager then, else WARNING" */
  appointed(contact: Assignment): Verdict | undefined {
    if (!this.of.policy(contact.start).appointedByManager) return undefined;
    const by = text(contact.entry, 'appointedBy');
    return { status: by !== undefined && by === this.manager(contact.start) ? 'MET' : 'WARNING' };
  }

  /** "last UnitManagerAppointed, else UnitOpened.manager", of the unit on the day. */
  private manager(day: Day): string | undefined {
    const facts = this.of.unitFacts(this.of.unit(day));
    const appointed = last(facts, day, 'UnitManagerAppointed');
    if (appointed !== undefined) return text(appointed, 'staff');
    const opened = facts.find((fact) => fact.type === 'UnitOpened');
    return opened && text(opened, 'manager');
  }

  /** Requests to change this contact, by the day, and whether they are closed by it. */
  private requests(contact: Assignment, day: Day): readonly { readonly fact: Fact; readonly closed: boolean }[] {
    const closed = by(this.of.facts, day, 'ContactChangeRequestClosed').map((fact) => text(fact, 'request'));
    return by(this.of.facts, day, 'ContactChangeRequested')
      .filter((fact) => text(fact, 'assignment') === contact.id)
      .map((fact) => ({ fact, closed: closed.includes(text(fact, 'request')) }));
  }

  change(contact: Assignment, day: Day): Verdict | undefined {
    const items = this.requests(contact, day).map(({ fact, closed }) => ({ from: fact.day, done: closed }));
    return allDone(this.of, items, 'changeTargetDays', day, 'WARNING');
  }

  /** "open, of an active assignment", whether CHANGE is on or off. */
  openRequests(day: Day): readonly { readonly request: string; readonly assignment: string; readonly since: Day }[] {
    return this.contacts.active(day).flatMap((contact) =>
      this.requests(contact, day)
        .filter(({ closed }) => !closed)
        .map(({ fact }) => ({ request: text(fact, 'request') ?? '', assignment: contact.id, since: fact.day })),
    );
  }

  deputy(day: Day): Verdict | undefined {
    const primary = this.contacts.thePrimary(day);
    if (primary === undefined || !this.contacts.absent(primary, day)) return undefined;
    const standsIn = this.contacts
      .active(day)
      .some((each) => each.role !== 'PRIMARY' && !this.contacts.absent(each, day));
    return { status: standsIn ? 'MET' : 'WARNING' };
  }
}
