import type { Day } from '../kernel/time/day.js';
import type { Attendee, Gathering } from './attendees.js';
import type { Episode } from './episode.js';
import { knownBefore, type Entry } from './ledger.js';
import type { LineActor } from './history-line.js';
import { noteInJournal } from './notes.js';
import { ATTACHMENTS, PLAN_DECLINED_TEXTS } from './phrases.js';
import { PLANS } from './recipient-rates.js';
import { MEETINGS } from './routine-rates.js';

const KIND = 'meeting';
const DECLINED = 'noplan';
const ITEMS = ['ROLE_REPEATED', 'SECURITY', 'CONTINUITY', 'INDIVIDUAL_CARE', 'COORDINATION'] as const;

/** How somebody who said yes came to a plan. */
export interface Agreement {
  readonly said: Entry;
  readonly saidOn: Day;
  readonly agreedOn: Day;
  /** Whether the day of the meeting was written down ahead. */
  readonly booked: boolean;
}

/** Who agrees on the plan, the lines that this rests on, and who writes it down. */
interface Table extends Gathering {
  readonly actor: LineActor | undefined;
}

/** Who is asked to come to the meeting that is booked. */
export function invitation(episode: Episode, bookedOn: Day): { invited?: readonly Attendee[] } {
  const random = episode.chanceOf('invitation');
  if (!random.chance(MEETINGS.invited)) return {};
  const { consent } = episode;
  const { name } = episode.terms.recipient.relative;
  const asked =
    consent && knownBefore(consent.given, bookedOn) ? [{ kind: 'RELATIVE', name, consent: consent.id }] : [];
  return { invited: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }, ...asked] };
}

/** What belongs to a plan besides its sections. */
export function attached(episode: Episode): { attachments?: readonly string[] } {
  const random = episode.chanceOf('attachment');
  return random.chance(MEETINGS.attachments) ? { attachments: [random.pick(ATTACHMENTS)] } : {};
}

/**
 * Writes the meeting at which a plan is gone through, mostly on the day on which it is agreed and with the same people.
 * @returns its entry, when it was held
 */
export function holdPlanMeeting(episode: Episode, terms: Agreement & Table): Entry | undefined {
  const random = episode.chanceOf(KIND);
  if (!random.chance(terms.booked ? MEETINGS.heldWhenBooked : MEETINGS.heldOtherwise)) return undefined;
  const apart = random.chance(MEETINGS.beforeThePlan);
  const on = apart ? Math.max(terms.saidOn, terms.agreedOn - random.within(MEETINGS.beforeDays)) : terms.agreedOn;
  const form = random.weighted(MEETINGS.forms);
  const items = ITEMS.filter(() => !random.chance(MEETINGS.itemMissing));
  const attendees = apart ? [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }] : terms.attendees;
  const { actor } = terms;
  const by = actor && random.chance(MEETINGS.by) ? { by: actor.id } : {};
  // Written down at once and without mishaps: the plan, which names it, is written when it would have been without.
  const held = episode.recordAside(
    KIND,
    'PlanMeetingHeld',
    on,
    { form, items, attendees, ...by },
    { after: [terms.said, ...terms.after], known: on, actor },
  );
  noteInJournal(episode, on, held, actor);
  return held;
}

/** Writes that somebody who said yes on `saidOn` did not want a plan, of those who never get one. */
export function declinePlan(episode: Episode, saidOn: Day, until: Day, said: Entry): void {
  const random = episode.chanceOf(DECLINED);
  if (!random.chance(MEETINGS.planDeclined)) return;
  const on = episode.unpaused(saidOn + random.spread(PLANS.days));
  const data = random.chance(MEETINGS.planDeclinedInWords) ? { reasonText: random.pick(PLAN_DECLINED_TEXTS) } : {};
  if (on < until) episode.writeAside(DECLINED, 'PlanDeclined', on, data, { after: [said] });
}
