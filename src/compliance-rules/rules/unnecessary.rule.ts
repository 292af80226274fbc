import { gives } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, piece } from './pieces.js';

/** From each assessment until the next offer or assessment: BREACH from the day it has lapsed, before that by the recipient's view. */
function evaluate({ assessments }: Situation): Piece[] {
  return assessments.flatMap(({ fact, untilNext: { from, to }, lapsesOn, lapsedBy }) => [
    ...piece(from, Math.min(to, lapsesOn), { status: gives(fact, 'recipientView') ? 'MET' : 'WARNING', evidence: [fact.id] }),
    ...piece(Math.max(from, lapsesOn), to, { status: 'BREACH', evidence: lapsedBy ? [fact.id, lapsedBy.id] : [fact.id] }),
  ]);
}

export const unnecessaryRule: Rule = {
  id: 'UNNECESSARY',
  name: 'Uppenbart obehövligt',
  kind: 'STATUTORY',
  basis: 'OFFER_DUTY',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'En bedömning att en fast omsorgskontakt är uppenbart obehövlig gäller så länge insatserna är desamma. När de ändras ska behovet bedömas på nytt. Den enskildes egen syn på behovet ska framgå.',
      parameters: [],
      evaluate,
    },
  ],
};
