import type { FactData } from '../../facts/event-catalogue.js';
import type { Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import { type Meeting, meetingsOf, peopleAt } from '../situation/meetings.js';
import type { Attendee } from '../situation/representation.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

type Scope = FactData['ConsentGiven']['scope'][number];

/** Whether somebody's presence is in order, and the consent that it rests on, where it rests on one. */
interface Presence {
  readonly inOrder: boolean;
  readonly consent?: Fact;
}

/** On each day on which somebody took part who needs leave to: every one of them has it at the end of that day. */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const meetings = meetingsOf(situation.facts)
    .map((entry) => ({ entry, presences: presencesAt(entry, situation) }))
    .filter(({ presences }) => presences.length > 0);
  for (const day of new Set(meetings.map(({ entry }) => entry.day))) {
    const thatDay = meetings.filter(({ entry }) => entry.day === day);
    const presences = thatDay.flatMap((meeting) => meeting.presences);
    const consents = presences.flatMap(({ consent }) => (consent ? [consent.id] : []));
    const evidence = [...new Set([...thatDay.map(({ entry }) => entry.id), ...consents])];
    pieces.say(day, day + 1, presences.every(({ inOrder }) => inOrder) ? 'MET' : 'WARNING', evidence);
  }
  return pieces.list;
}

/** Of those who need leave to be there. */
function presencesAt(meeting: Meeting, { facts, representatives, policy }: Situation): Presence[] {
  const { day } = meeting;
  const present = peopleAt(meeting);
  const told = meeting.type === 'InformationGiven' && !present.some(({ kind }) => kind === 'RECIPIENT');
  const byConsent = ({ consent }: Attendee, scopes: readonly Scope[]): Presence => {
    const found = holdingConsent(facts, consent, scopes, day);
    return found ? { inOrder: true, consent: found } : { inOrder: false };
  };
  return present.flatMap((attendee) => {
    switch (attendee.kind) {
      case 'RELATIVE':
        return [byConsent(attendee, told ? ['ATTEND_MEETINGS', 'INFORM'] : ['ATTEND_MEETINGS'])];
      case 'REPRESENTATIVE':
        return [{ inOrder: representatives.isPresent(attendee, day) }];
      case 'CASE_OFFICER':
      case 'HEALTH_PROFESSIONAL':
        return policy.on(day).consentForProfessionals ? [byConsent(attendee, ['SHARE_WITH_PROFESSIONALS'])] : [];
      default:
        return [];
    }
  });
}

/** The consent to one of these, given by that day and not withdrawn by it. */
function holdingConsent(
  facts: Facts,
  consent: string | undefined,
  scopes: readonly Scope[],
  day: Day,
): Fact | undefined {
  const isIt = (fact: Fact<'ConsentGiven' | 'ConsentWithdrawn'>): boolean =>
    fact.data.consent === consent && fact.day <= day;
  if (facts.of('ConsentWithdrawn').some(isIt)) return undefined;
  return facts.of('ConsentGiven').find((given) => isIt(given) && given.data.scope.some((one) => scopes.includes(one)));
}

export const consentRule: Rule = {
  id: 'CONSENT',
  name: 'Samtycke till dem som deltar',
  words: {
    lack: 'Samtycke saknas',
    wanting:
      'Någon deltog utan att ett samtycke till det är registrerat, eller en legal företrädare utan att vara registrerad. Registrera det och ange det för den som deltog.',
    mendedBy: 'ConsentGiven',
    button: 'Registrera samtycke',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'Anhöriga informeras och deltar i möten efter samtycke från omsorgstagaren. En legal företrädare som deltar ska vara registrerad. Har kommunen bestämt det krävs samtycke också när biståndshandläggare eller legitimerad personal deltar.',
      parameters: ['consentForProfessionals'],
      evaluate,
    },
  ],
};
