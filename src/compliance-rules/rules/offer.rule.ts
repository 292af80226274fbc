import { firstDay } from '../facts.js';
import { BEGINNING, FOREVER, intersect, span, subtract } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { validDays } from '../situation/assessments.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, dueThenLate, piece } from './pieces.js';

/**
 * MET from the first offer on, before it while an assessment is valid. The days are counted anew in each stretch: an unbroken
 * run of judged days without an offer and without a valid assessment.
 */
function evaluate(situation: Situation): Piece[] {
  const { care, facts, assessments, judged } = situation;
  const offer = facts.of('ContactOffered')[0];
  const offered = firstDay(facts.of('ContactOffered')) ?? FOREVER;
  const unanswered = span(BEGINNING, offered);
  const unnecessary = intersect(validDays(assessments), unanswered);
  const met = assessments.flatMap(({ fact, last, lapsesOn }) =>
    piece(last.from, Math.min(last.to, lapsesOn, offered), { status: 'MET', evidence: [fact.id] }),
  );
  const stretches = intersect(subtract(judged, unnecessary), unanswered);
  const open = stretches.flatMap((stretch) => {
    const lapsed = assessments.findLast(({ lapsesOn }) => lapsesOn === stretch.from);
    const evidence = lapsed?.lapsedBy ? [lapsed.fact.id, lapsed.lapsedBy.id] : [care.start.id];
    return dueThenLate(stretch, { from: stretch.from, parameter: 'offerTargetDays', late: 'BREACH' }, situation, { evidence });
  });
  const done = offer ? piece(offer.day, FOREVER, { status: 'MET', evidence: [offer.id] }) : [];
  return [...met, ...open].sort((a, b) => a.from - b.from).concat(done);
}

export const offerRule: Rule = {
  id: 'OFFER',
  name: 'Erbjudande',
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
