import type { Piece, Rule } from '../rule.js';
import { agendaByDay } from '../situation/follow-up-agenda.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, piece } from './pieces.js';

/** From the first plan on there is always a date for the next follow-up. */
function evaluate({ facts }: Situation): Piece[] {
  return agendaByDay(facts).flatMap(({ from, to, value: { latest, setBy } }) =>
    piece(from, to, { status: setBy ? 'MET' : 'BREACH', evidence: setBy && setBy !== latest ? [latest.id, setBy.id] : [latest.id] }),
  );
}

export const followUpDateRule: Rule = {
  id: 'FOLLOW_UP_DATE',
  name: 'Datum för uppföljning',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [{ version: '1', text: 'Tänkt datum för uppföljning ska dokumenteras i genomförandeplanen.', parameters: [], evaluate }],
};
