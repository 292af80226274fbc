import type { Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

interface Meeting {
  readonly day: Day;
  readonly entry: Fact;
  /** The consent that each relative there names, if any. */
  readonly relatives: readonly (string | undefined)[];
}

/** On each day with a relative at the table: every one of them by a consent that holds at the end of that day. */
function evaluate({ facts }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const meetings = meetingsWithRelatives(facts);
  for (const day of new Set(meetings.map((meeting) => meeting.day))) {
    const thatDay = meetings.filter((meeting) => meeting.day === day);
    const consents = thatDay
      .flatMap(({ relatives }) => relatives)
      .map((consent) => holdingConsent(facts, consent, day));
    const evidence = [
      ...new Set([
        ...thatDay.map(({ entry }) => entry.id),
        ...consents.flatMap((consent) => (consent ? [consent.id] : [])),
      ]),
    ];
    pieces.say(day, day + 1, consents.every((consent) => consent !== undefined) ? 'MET' : 'WARNING', evidence);
  }
  return pieces.list;
}

function meetingsWithRelatives(facts: Facts): Meeting[] {
  return facts.of('InformationGiven', 'FollowUpHeld', 'PlanAgreed', 'PlanRevised').flatMap((entry) => {
    const present = 'attendees' in entry.data ? entry.data.attendees : entry.data.participants;
    const relatives = present.filter(({ kind }) => kind === 'RELATIVE');
    if (relatives.length === 0) return [];
    return [{ day: entry.day, entry, relatives: relatives.map(({ consent }) => consent) }];
  });
}

/** The consent to be at meetings, given by that day and not withdrawn by it. */
function holdingConsent(facts: Facts, consent: string | undefined, day: Day): Fact | undefined {
  const isIt = (fact: Fact<'ConsentGiven' | 'ConsentWithdrawn'>): boolean =>
    fact.data.consent === consent && fact.day <= day;
  if (facts.of('ConsentWithdrawn').some(isIt)) return undefined;
  return facts.of('ConsentGiven').find((given) => isIt(given) && given.data.scope.includes('ATTEND_MEETINGS'));
}

export const consentRule: Rule = {
  id: 'CONSENT',
  name: 'Samtycke till att anhörig är med',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Anhöriga informeras och deltar i möten efter samtycke från den enskilde.',
      parameters: [],
      evaluate,
    },
  ],
};
