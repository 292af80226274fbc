import type { FactData } from '../../facts/event-catalogue.js';
import type { Fact } from '../facts.js';
import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** The steps of the conversation (bilaga 2 of the routine). */
export const INFORMATION_ITEMS: FactData['InformationGiven']['items'] = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
];

/**
 * From the first offer on: all items have been gone through, at physical meetings with the recipient, or a legal
 * representative, taken together.
 */
function evaluate({ facts, representatives }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const offer = facts.of('ContactOffered')[0];
  if (!offer) return [];
  const meetings = facts
    .of('InformationGiven')
    .filter(({ data, day }) => data.form === 'PHYSICAL_MEETING' && representatives.hasPrincipal(data.attendees, day));
  const complete = completingMeeting(meetings);
  const informed = Math.max(offer.day, complete?.day ?? FOREVER);
  pieces.say(offer.day, informed, 'WARNING', [offer, ...meetings]);
  if (complete) pieces.say(informed, FOREVER, 'MET', [offer, ...meetings.filter(({ day }) => day <= complete.day)]);
  return pieces.list;
}

function completingMeeting(meetings: readonly Fact<'InformationGiven'>[]): Fact | undefined {
  const missing = new Set(INFORMATION_ITEMS);
  return meetings.find((meeting) => {
    for (const item of meeting.data.items) missing.delete(item);
    return missing.size === 0;
  });
}

export const informedRule: Rule = {
  id: 'INFORMED',
  name: 'Information vid fysiskt möte',
  words: {
    lack: 'Information ofullständig',
    wanting: 'Informationen är inte fullständig: alla sex punkter ska ha getts vid fysiskt möte.',
    mendedBy: 'InformationGiven',
    button: 'Registrera information',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'Vid ett fysiskt möte ska omsorgstagaren, eller en legal företrädare, få veta att kontaktmannaskapet ersätts med fast omsorgskontakt, vad rollen innebär och att det går att tacka ja eller nej. Den som informerar frågar om anhörig eller legal företrädare ska informeras, delar ut informationsbroschyren och säkerställer att informationen har förståtts.',
      parameters: [],
      evaluate,
    },
  ],
};
