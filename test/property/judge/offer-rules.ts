import type { Day } from '../../../src/kernel/time/day.js';
import type { Assignments } from './assignments.js';
import type { Case } from './case.js';
import { by, given, last, list, text, type Fact } from './facts.js';
import { before, due, firstOfRun, type Verdict } from './verdict.js';

/** Which services a criterion speaks of. */
const CRITERIA: Readonly<Record<string, readonly string[]>> = {
  ONLY_SAFETY_ALARM: ['SAFETY_ALARM'],
  ONLY_MEALS: ['MEALS'],
  ONLY_CLEANING_SHOPPING: ['CLEANING', 'SHOPPING'],
};

/** The rules from the first contact to the answer and the appointment. */
export class OfferRules {
  constructor(
    private readonly of: Case,
    private readonly contacts: Assignments,
  ) {}

  offer(day: Day): Verdict {
    if (last(this.of.facts, day, 'ContactOffered')) return { status: 'MET' };
    if (this.of.validAssessment(day)) return { status: 'MET' };
    const without = (each: Day): boolean =>
      this.of.judged(each) && !last(this.of.facts, each, 'ContactOffered') && !this.of.validAssessment(each);
    const from = firstOfRun(day, without);
    return before(this.of.countEnd(from, this.of.policy(from).offerTargetDays), day, 'BREACH');
  }

  unnecessary(day: Day): Verdict | undefined {
    const latest = last(this.of.facts, day, 'ObviousUnnecessityAssessed', 'ContactOffered');
    if (latest?.type !== 'ObviousUnnecessityAssessed') return undefined;
    if (!this.of.validAssessment(day)) return { status: 'BREACH' };
    return { status: given(latest, 'recipientView') && this.wellFounded(latest, day) ? 'MET' : 'WARNING' };
  }

  /** What the municipality's criteria ask of an assessment; without criteria nothing. While it is valid, the services of any day are those that were assessed. */
  private wellFounded(assessed: Fact, day: Day): boolean {
    const allowed = this.of.policy(assessed.day).unnecessityCriteria;
    if (allowed === undefined) return true;
    const criteria = list(assessed, 'criteria').map(String);
    if (criteria.length === 0 || criteria.some((each) => !allowed.includes(each))) return false;
    if (list(assessed, 'counterIndications').length > 0) return false;
    if (criteria.some((each) => CRITERIA[each] === undefined)) return true;
    const covered = criteria.flatMap((each) => CRITERIA[each] ?? []);
    return this.of.services(day).every((service) => covered.includes(service));
  }

  answer(day: Day): Verdict | undefined {
    const offer = last(this.of.facts, day, 'ContactOffered');
    if (offer === undefined) return undefined;
    if (this.of.answers(day).some((answer) => text(answer, 'offer') === text(offer, 'offer'))) return { status: 'MET' };
    return due(this.of, offer.day, 'answerTargetDays', day, 'WARNING');
  }

  declineReason(day: Day): Verdict | undefined {
    const standing = this.of.standing(day);
    if (standing === undefined || !this.of.standingNo(day)) return undefined;
    const code = text(standing, 'reasonCode');
    if (given(standing, 'reasonText') || (code !== undefined && code !== 'OTHER')) return { status: 'MET' };
    return { status: code === 'OTHER' ? 'WARNING' : 'BREACH' };
  }

  assigned(day: Day): Verdict | undefined {
    const hasPrimary = this.contacts.primaries(day).length > 0;
    if (this.of.standingNo(day)) return hasPrimary ? { status: 'WARNING' } : undefined;
    if (!this.of.standingYes(day)) return undefined;
    if (hasPrimary) return { status: 'MET' };
    const without = (each: Day): boolean =>
      this.of.judged(each) && this.of.standingYes(each) && this.contacts.primaries(each).length === 0;
    return due(this.of, firstOfRun(day, without), 'assignTargetDays', day, 'BREACH');
  }

  /** "MET from the first InformationGiven or ContactOffered of any date; before it DUE for `firstContactWeekdays`, then BREACH" */
  firstContact(day: Day): Verdict | undefined {
    const start = this.of.start?.day ?? day;
    const count = this.of.policy(start).firstContactWeekdays;
    if (count === undefined) return undefined;
    if (by(this.of.facts, day, 'InformationGiven', 'ContactOffered').length > 0) return { status: 'MET' };
    return before(this.of.weekdayCountEnd(start, count), day, 'BREACH');
  }

  /** "as FIRST_CONTACT, by HomeRiskAssessed, `riskAssessmentDays`" */
  risk(day: Day): Verdict | undefined {
    const start = this.of.start?.day ?? day;
    const judged = due(this.of, start, 'riskAssessmentDays', day, 'BREACH');
    return judged && by(this.of.facts, day, 'HomeRiskAssessed').length > 0 ? { status: 'MET' } : judged;
  }

  /** "S = `decidedOn`; every judged day: WARNING when the start is late (`startWithinDays`), else MET" */
  startedInTime(day: Day): Verdict | undefined {
    const decided = this.of.decidedOn();
    const started = this.of.start?.day ?? day;
    const judged = decided === undefined ? undefined : due(this.of, decided, 'startWithinDays', started, 'WARNING');
    return judged && { status: judged.status === 'WARNING' ? 'WARNING' : 'MET' };
  }
}
