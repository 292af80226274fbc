import { formatDay, type Day } from '../kernel/time/day.js';
import { gather } from './attendees.js';
import type { Assignment } from './assignments.js';
import type { Episode } from './episode.js';
import { knownDay, type Entry } from './ledger.js';
import { NOTES, RENEWAL_NOTES, SECTIONS } from './phrases.js';
import { attached, declinePlan, holdPlanMeeting, invitation, type Agreement } from './plan-meetings.js';
import { PLANS } from './recipient-rates.js';
import { RENEWALS } from './routine-rates.js';
import { staffActor } from './world.js';

const MEETING_BOOKED_SHARE_AHEAD: readonly [number, number] = [0, 10];
const REVISED_AFTER_DAYS: readonly [number, number] = [0, 14];
const IN_TIME_DAYS = 21;
const RENEWAL = 'renewal';

/** Writes the plan of someone who said yes on `on` and its follow-ups, until `until` or the end of the care. */
export function agreePlan(episode: Episode, on: Day, until: Day, said: Entry, contacts: readonly Assignment[]): void {
  const { random } = episode.terms;
  if (random.chance(PLANS.never)) return declinePlan(episode, on, until, said);
  const agreedOn = episode.unpaused(on + random.spread(PLANS.days));
  const booked = random.chance(PLANS.meetingBooked);
  if (booked) {
    const bookedOn = Math.min(on + random.within(MEETING_BOOKED_SHARE_AHEAD), agreedOn);
    const data = { on: formatDay(agreedOn), ...invitation(episode, bookedOn) };
    episode.write('PlanMeetingBooked', bookedOn, data, { after: [said] });
  }
  const plan = new Plan(episode, contacts, Math.min(until, episode.terms.end, episode.terms.cohort.scene.to + 1));
  plan.agree({ said, saidOn: on, agreedOn, booked });
}

/** One plan while it is followed up again and again. */
class Plan {
  private readonly id: string;
  private version = 1;
  /** On which day the next follow-up was planned for which. */
  private readonly planned: { readonly on: Day; readonly next: Day }[] = [];

  constructor(
    private readonly episode: Episode,
    private readonly contacts: readonly Assignment[],
    private readonly last: Day,
  ) {
    this.id = episode.terms.random.uuid();
  }

  agree(terms: Agreement): void {
    const { agreedOn: on, said } = terms;
    if (on >= this.last) return;
    const next = this.nextDay(on);
    const agreed = this.settle('PlanAgreed', on, next, [said], terms);
    this.follow(next, agreed);
    this.renew(on, agreed);
  }

  /** After the services changed the plan is mostly gone through again; the day of the next follow-up stands. */
  private renew(agreedOn: Day, agreed: Entry): void {
    const random = this.episode.chanceOf(RENEWAL);
    for (const change of this.episode.services) {
      if (change.from <= agreedOn || !random.chance(RENEWALS.followedUp)) continue;
      const on = this.episode.unpaused(change.from + random.spread(RENEWALS.days));
      const next = this.planned.findLast((each) => each.on <= on)?.next;
      const data = {
        plan: this.id,
        attendees: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }],
        outcome: random.chance(RENEWALS.unchanged) ? 'UNCHANGED' : 'OTHER',
        notes: random.pick(RENEWAL_NOTES),
        ...(next === undefined ? {} : { nextFollowUpOn: formatDay(Math.max(next, on)) }),
      };
      if (on < this.last)
        this.episode.writeAside(RENEWAL, 'FollowUpHeld', on, data, { after: [agreed], actor: this.writer(on) });
    }
  }

  private follow(planned: Day, agreed: Entry): void {
    const { random } = this.episode.terms;
    for (let due = planned; ;) {
      const draw = random.below(1000);
      if (draw < PLANS.heldInTime) due = this.hold(Math.max(due - random.below(IN_TIME_DAYS), 0), agreed);
      else if (draw < PLANS.heldInTime + PLANS.heldLate) due = this.hold(due + random.within(PLANS.lateDays), agreed);
      else due = this.miss(due, agreed);
      if (due >= this.last) return;
    }
  }

  /** @returns the next day, written down or not. */
  private hold(day: Day, agreed: Entry): Day {
    const { random } = this.episode.terms;
    const on = this.episode.unpaused(day);
    if (on >= this.last) return on;
    const next = this.nextDay(on);
    const outcome = random.weighted(PLANS.outcomes);
    const { attendees, after } = gather(this.episode, on, ['CONTACT']);
    const missing = random.chance(PLANS.nextDateMissing);
    const held = this.episode.write(
      'FollowUpHeld',
      on,
      {
        plan: this.id,
        attendees,
        outcome,
        ...(random.chance(PLANS.notes) ? { notes: random.pick(NOTES) } : {}),
        ...(missing ? {} : { nextFollowUpOn: formatDay(next) }),
      },
      { after: [agreed, ...after], actor: this.writer(on) },
    );
    if (missing && random.chance(PLANS.plannedSeparately))
      this.episode.write('FollowUpPlanned', on, { plan: this.id, on: formatDay(next) }, { after: [held] });
    if (outcome === 'REVISE_PLAN') {
      const revisedOn = on + random.within(REVISED_AFTER_DAYS);
      this.version += 1;
      if (revisedOn < this.last) this.settle('PlanRevised', revisedOn, next, [held]);
    }
    return next;
  }

  private miss(due: Day, agreed: Entry): Day {
    const { random } = this.episode.terms;
    const newDate = due + random.within(PLANS.newDateDays);
    const data = {
      plan: this.id,
      reasonCode: random.weighted(PLANS.notHeldReasons),
      ...(random.chance(PLANS.newDate) ? { newDate: formatDay(newDate) } : {}),
    };
    if (due < this.last) this.episode.write('FollowUpNotHeld', due, data, { after: [agreed], actor: this.writer(due) });
    return newDate;
  }

  private settle(
    type: 'PlanAgreed' | 'PlanRevised',
    on: Day,
    next: Day,
    before: readonly Entry[],
    agreement?: Agreement,
  ): Entry {
    const { random } = this.episode.terms;
    const active = this.activeOn(on);
    const gathering = gather(this.episode, on, ['CONTACT']);
    const after = [...gathering.after, ...active.map(({ entry }) => entry)];
    const actor = this.writer(on);
    const meeting =
      agreement && holdPlanMeeting(this.episode, { ...agreement, attendees: gathering.attendees, after, actor });
    return this.episode.write(
      type,
      on,
      {
        plan: this.id,
        version: this.version,
        sections: {
          security: random.pick(SECTIONS.security),
          continuity: random.pick(SECTIONS.continuity),
          individualCare: random.pick(SECTIONS.individualCare),
          coordination: random.pick(SECTIONS.coordination),
        },
        contacts: active.map(({ id }) => id),
        participants: gathering.attendees,
        ...(random.chance(PLANS.dateMissing) ? {} : { followUpOn: formatDay(next) }),
        ...(meeting ? { meeting: { ref: meeting.ref } } : {}),
        ...attached(this.episode),
      },
      { after: [...before, ...after, ...(meeting ? [meeting] : [])], actor },
    );
  }

  private activeOn(day: Day): Assignment[] {
    return this.contacts.filter(({ from, to, entry }) => from <= day && day < to && knownDay(entry) <= day);
  }

  private writer(day: Day): ReturnType<typeof staffActor> | undefined {
    const primary = this.activeOn(day).find(({ role }) => role === 'PRIMARY');
    return primary && staffActor(primary.worker);
  }

  private nextDay(on: Day): Day {
    const next = on + this.episode.terms.random.within(PLANS.followUpAfterDays);
    this.planned.push({ on, next });
    return next;
  }
}
