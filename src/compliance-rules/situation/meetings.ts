import type { Fact, Facts } from '../facts.js';
import type { Attendee } from './representation.js';

/** The types of facts that say who was there. */
export const MEETING_TYPES = [
  'InformationGiven',
  'PlanMeetingHeld',
  'FollowUpHeld',
  'PlanAgreed',
  'PlanRevised',
] as const;

/** An entry of something at which several people took part. */
export type Meeting = Fact<(typeof MEETING_TYPES)[number]>;

/** Everything at which several people took part, in the order of entries. */
export function meetingsOf(facts: Facts): readonly Meeting[] {
  return facts.of(...MEETING_TYPES);
}

/** Those who were there. */
export function peopleAt({ data }: Meeting): readonly Attendee[] {
  return 'attendees' in data ? data.attendees : data.participants;
}
