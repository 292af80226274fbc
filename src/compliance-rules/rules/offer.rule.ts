import { BEGINNING, FOREVER, intersect, span, subtract } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { validDays } from '../situation/assessments.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/**
 * MET from the first offer on, before it while an assessment is valid. The days are counted anew in each stretch: an
 * unbroken run of judged days without an offer and without a valid assessment.
 */
function evaluate(situation: Situation): readonly Piece[] {
  const { care, facts, assessments, judged } = situation;
  const pieces = new Pieces();
  const offer = facts.of('ContactOffered')[0];
  const offered = offer?.day ?? FOREVER;
  for (const { fact, last, lapsesOn } of assessments)
    pieces.say(last.from, Math.min(last.to, lapsesOn, offered), 'MET', [fact.id]);
  for (const { from, to } of intersect(subtract(judged, validDays(assessments)), span(BEGINNING, offered))) {
    const lapsed = assessments.findLast(({ lapsesOn }) => lapsesOn === from);
    const evidence = lapsed?.lapsedBy ? [lapsed.fact.id, lapsed.lapsedBy.id] : [care.start.id];
    pieces.sayDue(from, to, { from, days: 'offerTargetDays', late: 'BREACH' }, situation, evidence);
  }
  if (offer) pieces.say(offered, FOREVER, 'MET', [offer.id]);
  return pieces.inOrder();
}

export const offerRule: Rule = {
  id: 'OFFER',
  name: 'Erbjudande',
  words: {
    lack: 'Inte erbjuden',
    wanting: 'Fast omsorgskontakt har inte erbjudits i tid. Erbjud och registrera erbjudandet.',
    mendedBy: 'ContactOffered',
    button: 'Registrera erbjudande',
  },
  kind: 'STATUTORY',
  basis: 'OFFER_DUTY',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Den som har hemtjänst ska erbjudas en fast omsorgskontakt, om det inte är uppenbart obehövligt. Hur snart är ett lokalt mål: lagen anger inget antal dagar.',
      parameters: ['offerTargetDays'],
      evaluate,
    },
  ],
};
