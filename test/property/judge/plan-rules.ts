import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { Case } from './case.js';
import { by, last, text, type Fact } from './facts.js';
import { PLANS, peopleOf } from './people.js';
import { allDone, due, firstOfRun, monthsAfter, targetOn, type Verdict } from './verdict.js';

/** The rules of the plan: that it is agreed, booked, agreed with the recipient, followed up and renewed. */
export class PlanRules {
  constructor(private readonly of: Case) {}

  /** By `planFrom` of the first judged day, "for good". */
  plan(day: Day): Verdict | undefined {
    return this.of.policy(this.of.firstJudgedDay(day)).planFrom === 'START'
      ? this.planFromStart(day)
      : this.planFromYes(day);
  }

  private planFromYes(day: Day): Verdict | undefined {
    const yes = this.of.firstYesOfRun(day);
    if (yes === undefined) return undefined;
    const since = (...types: string[]): boolean => by(this.of.facts, day, ...types).some((fact) => fact.day >= yes.day);
    if (since(...PLANS)) return { status: 'MET' };
    if (since('PlanDeclined')) return { status: 'MET', byPlanDeclined: true };
    return due(this.of, yes.day, 'planTargetDays', day, 'BREACH');
  }

  private planFromStart(day: Day): Verdict | undefined {
    if (!this.wantsPlan(day)) return undefined;
    if (last(this.of.facts, day, ...PLANS)) return { status: 'MET' };
    const yes = this.of.firstYesOfRun(day);
    const declined = by(this.of.facts, day, 'PlanDeclined');
    if (declined.some((fact) => yes === undefined || fact.day >= yes.day))
      return { status: 'MET', byPlanDeclined: true };
    const anew = yes !== undefined && declined.some((fact) => fact.day < yes.day);
    const from = anew ? yes.day : firstOfRun(day, (each) => this.wantsPlan(each));
    return due(this.of, from, 'planTargetDays', day, 'BREACH');
  }

  /** "judged days but those with a standing no (unless `planForDeclined`) or, without offer and answer, a valid assessment" */
  private wantsPlan(day: Day): boolean {
    if (!this.of.judged(day)) return false;
    if (this.of.standingNo(day)) return this.of.policy(this.of.firstJudgedDay(day)).planForDeclined;
    const asked = last(this.of.facts, day, 'ContactOffered') !== undefined || this.of.standing(day) !== undefined;
    return asked || !this.of.validAssessment(day);
  }

  /** "while yes stands, S = PLAN's first yes" */
  booked(day: Day): Verdict | undefined {
    const yes = this.of.firstYesOfRun(day);
    if (yes === undefined || targetOn(this.of, yes.day, 'bookTargetDays') === undefined) return undefined;
    if (this.plan(day)?.status === 'MET') return { status: 'MET' };
    if (by(this.of.facts, day, 'PlanMeetingHeld').some((meeting) => meeting.day >= yes.day)) return { status: 'MET' };
    const booked = by(this.of.facts, day, 'PlanMeetingBooked').map((fact) => dayOf(text(fact, 'on') ?? ''));
    const on = booked.filter((each) => each >= yes.day).at(-1);
    if (on === undefined) return due(this.of, yes.day, 'bookTargetDays', day, 'WARNING');
    const until = this.of.afterPause(on);
    if (until !== undefined && day > until) return { status: 'WARNING' };
    return { status: 'MET', ...(until === undefined ? {} : { dueOn: until }) };
  }

  /** The day for which a meeting is booked that has not been held, nor made needless by a plan: "the last PlanMeetingBooked, while no PlanMeetingHeld or plan follows it (in order)". */
  meetingOn(day: Day): Day | undefined {
    const latest = last(this.of.facts, day, 'PlanMeetingBooked', 'PlanMeetingHeld', ...PLANS);
    return latest?.type === 'PlanMeetingBooked' ? dayOf(text(latest, 'on') ?? '') : undefined;
  }

  /** "from each plan and FollowUpHeld until the next of either, on by the policy of its day" */
  agreedWith(day: Day): Verdict | undefined {
    const agreed = last(this.of.facts, day, ...PLANS, 'FollowUpHeld');
    if (agreed === undefined || !this.of.policy(agreed.day).agreedWithRecipient) return undefined;
    const meeting = this.of.facts.find(
      (fact) => fact.type === 'PlanMeetingHeld' && fact.id === text(agreed, 'meeting'),
    );
    const people = [...peopleOf(agreed), ...(meeting === undefined ? [] : peopleOf(meeting))];
    return { status: people.some((person) => this.of.principal(person, agreed.day)) ? 'MET' : 'WARNING' };
  }

  /** The latest PlanAgreed, PlanRevised or FollowUpHeld by the day, and the last date that it or a later entry set. */
  private followUpSet(day: Day): { readonly latest: Fact; readonly date: Day | undefined } | undefined {
    if (!last(this.of.facts, day, 'PlanAgreed')) return undefined;
    const latest = last(this.of.facts, day, ...PLANS, 'FollowUpHeld');
    if (latest === undefined) return undefined;
    let date = text(latest, latest.type === 'FollowUpHeld' ? 'nextFollowUpOn' : 'followUpOn');
    const sequence = by(this.of.facts, day, ...PLANS, 'FollowUpHeld', 'FollowUpPlanned', 'FollowUpNotHeld');
    for (const after of sequence.slice(sequence.indexOf(latest) + 1)) {
      date = text(after, after.type === 'FollowUpPlanned' ? 'on' : 'newDate') ?? date;
    }
    return { latest, date: date === undefined ? undefined : dayOf(date) };
  }

  followUpDate(day: Day): Verdict | undefined {
    const set = this.followUpSet(day);
    return set && { status: set.date === undefined ? 'BREACH' : 'MET' };
  }

  followUp(day: Day): Verdict | undefined {
    const set = this.followUpSet(day);
    if (set === undefined) return undefined;
    const from = set.latest.day;
    const until = this.of.afterPause(set.date ?? monthsAfter(from, this.of.policy(from).planFollowUpMaxMonths));
    if (until !== undefined && day > until) return { status: 'BREACH' };
    return { status: 'MET', ...(until === undefined ? {} : { dueOn: until }) };
  }

  /** "S = each day, from the first PlanAgreed's on, at whose end the set of services differs from the day before's" */
  planRenewed(day: Day): Verdict | undefined {
    const first = by(this.of.facts, day, 'PlanAgreed')[0]?.day ?? day + 1;
    const renewals = by(this.of.facts, day, ...PLANS, 'PlanDeclined', 'FollowUpHeld');
    const items = [];
    for (let changed = first; changed <= day; changed += 1) {
      const from = changed;
      if (this.of.otherServices(from, from - 1)) items.push({ from, done: renewals.some((fact) => fact.day >= from) });
    }
    return allDone(this.of, items, 'planRenewDays', day, 'BREACH');
  }
}
