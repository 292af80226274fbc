import { weekdaysFrom } from '../deadlines.js';
import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Information or an offer within so many weekdays of the start, where the policy of the start says how many. */
function evaluate({ care, facts, policy }: Situation): readonly Piece[] {
  const { start, paused } = care;
  const weekdays = policy.on(start.day).firstContactWeekdays;
  if (weekdays === undefined) return [];
  const contact = facts.of('InformationGiven', 'ContactOffered')[0];
  const made = Math.max(start.day, contact?.day ?? FOREVER);
  const pieces = new Pieces();
  pieces.sayUntil(start.day, made, weekdaysFrom(start.day, weekdays, paused), 'BREACH', [start.id]);
  if (contact) pieces.say(made, FOREVER, 'MET', [start.id, contact.id]);
  return pieces.list;
}

export const firstContactRule: Rule = {
  id: 'FIRST_CONTACT',
  name: 'Första kontakt',
  words: {
    lack: 'Första kontakt saknas',
    wanting: 'Omsorgstagaren har inte informerats eller fått ett erbjudande i tid.',
    mendedBy: 'InformationGiven',
    button: 'Registrera information',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När omsorgen har påbörjats ska omsorgstagaren inom några vardagar informeras om eller erbjudas en fast omsorgskontakt.',
      parameters: ['firstContactWeekdays'],
      evaluate,
    },
  ],
};
