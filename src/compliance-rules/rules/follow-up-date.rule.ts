import type { Piece, Rule } from '../rule.js';
import { agendaEvidence } from '../situation/follow-up-agenda.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** From the first plan on there is always a date for the next follow-up. */
function evaluate({ agenda }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { from, to, value } of agenda)
    pieces.say(from, to, value.date === undefined ? 'BREACH' : 'MET', agendaEvidence(value));
  return pieces.list;
}

export const followUpDateRule: Rule = {
  id: 'FOLLOW_UP_DATE',
  name: 'Datum för uppföljning',
  words: {
    lack: 'Datum för uppföljning saknas',
    wanting: 'Planen saknar datum för uppföljning. Ange followUpOn eller planera uppföljningen.',
    mendedBy: 'FollowUpPlanned',
    button: 'Bestäm dag',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Tänkt datum för uppföljning ska dokumenteras i genomförandeplanen.',
      parameters: [],
      evaluate,
    },
  ],
};
