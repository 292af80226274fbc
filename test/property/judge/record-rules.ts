import type { Day } from '../../../src/kernel/time/day.js';
import type { Case } from './case.js';
import { by, last, list, text, type Fact } from './facts.js';
import { PLANS, consents, peopleOf, type Person } from './people.js';
import { allDone, type Verdict } from './verdict.js';

const ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];

/** The rules of consent, of what was told at the meetings, and of the journal. */
export class RecordRules {
  constructor(private readonly of: Case) {}

  /** "MET when each is in order, else WARNING", on days with somebody who has to be. */
  consent(day: Day): Verdict | undefined {
    const meetings = this.of.facts.filter(
      (fact) =>
        fact.day === day && ['InformationGiven', 'PlanMeetingHeld', 'FollowUpHeld', ...PLANS].includes(fact.type),
    );
    const asked = meetings
      .flatMap((meeting) => peopleOf(meeting).map((person) => this.inOrder(person, meeting, day)))
      .filter((each) => each !== undefined);
    if (asked.length === 0) return undefined;
    return { status: asked.includes(false) ? 'WARNING' : 'MET' };
  }

  /** Whether a person may have been there; undefined when nothing is asked of her. */
  private inOrder(person: Person, meeting: Fact, day: Day): boolean | undefined {
    switch (person['kind']) {
      case 'RELATIVE': {
        const apart =
          meeting.type === 'InformationGiven' && !peopleOf(meeting).some((each) => each['kind'] === 'RECIPIENT');
        return consents(this.of, person, apart ? ['ATTEND_MEETINGS', 'INFORM'] : ['ATTEND_MEETINGS'], day);
      }
      case 'REPRESENTATIVE':
        return this.of.representativePresent(person, day);
      case 'CASE_OFFICER':
      case 'HEALTH_PROFESSIONAL':
        return this.of.policy(day).consentForProfessionals
          ? consents(this.of, person, ['SHARE_WITH_PROFESSIONALS'], day)
          : undefined;
      default:
        return undefined;
    }
  }

  /** "only meetings with a principal among the attendees count" */
  informed(day: Day): Verdict | undefined {
    if (!last(this.of.facts, day, 'ContactOffered')) return undefined;
    const meetings = by(this.of.facts, day, 'InformationGiven')
      .filter((fact) => text(fact, 'form') === 'PHYSICAL_MEETING')
      .filter((fact) => peopleOf(fact).some((person) => this.of.principal(person, fact.day)));
    const items = meetings.flatMap((fact) => list(fact, 'items'));
    return { status: ITEMS.every((item) => items.includes(item)) ? 'MET' : 'WARNING' };
  }

  /** "each answer, ObviousUnnecessityAssessed and PlanMeetingHeld (S = its day) is done from a JOURNAL RecordedInDocument about it" */
  noted(day: Day): Verdict | undefined {
    const about = by(this.of.facts, day, 'RecordedInDocument')
      .filter((fact) => text(fact, 'document') === 'JOURNAL')
      .map((fact) => text(fact, 'about'));
    const noteworthy = [
      ...this.of.answers(day),
      ...by(this.of.facts, day, 'ObviousUnnecessityAssessed', 'PlanMeetingHeld'),
    ];
    return allDone(
      this.of,
      noteworthy.map((fact) => ({ from: fact.day, done: about.includes(fact.id) })),
      'noteTargetDays',
      day,
      'WARNING',
    );
  }
}
