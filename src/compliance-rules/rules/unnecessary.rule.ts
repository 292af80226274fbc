import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/**
 * From each assessment until the next offer or assessment: BREACH from the day it has lapsed, before that by the
 * recipient's view.
 */
function evaluate({ assessments }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { fact, untilNext, lapsesOn, lapsedBy } of assessments) {
    const { from, to } = untilNext;
    pieces.say(from, Math.min(to, lapsesOn), fact.data.recipientView === undefined ? 'WARNING' : 'MET', [fact.id]);
    pieces.say(Math.max(from, lapsesOn), to, 'BREACH', lapsedBy ? [fact.id, lapsedBy.id] : [fact.id]);
  }
  return pieces.list;
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
