import { intersect, runsOf, type Span, subtract } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { isYes } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, dueThenLate, piece } from './pieces.js';

/**
 * After a yes there is a primary contact; each run of judged days without one has its own count. After a no, a primary who is
 * still there is worth a look.
 */
function evaluate(situation: Situation): Piece[] {
  const { answers, primary, judged } = situation;
  const withPrimary = runsOf(primary);
  const accepted = runsOf(answers.standing.filter(({ value }) => isYes(value)));
  const declined = runsOf(answers.standing.filter(({ value }) => !isYes(value)));
  const evidenceOn = (days: Span): string[] => {
    const answer = answers.standing.findLast(({ from }) => from <= days.from)?.value;
    const contact = primary.filter(({ from, to }) => from < days.to && days.from < to).map(({ value }) => value.entry.id);
    return [...(answer ? [answer.id] : []), ...contact];
  };
  return [
    ...intersect(accepted, withPrimary).flatMap((days) => piece(days.from, days.to, { status: 'MET', evidence: evidenceOn(days) })),
    ...intersect(subtract(accepted, withPrimary), judged).flatMap((days) =>
      dueThenLate(days, { from: days.from, parameter: 'assignTargetDays', late: 'BREACH' }, situation, { evidence: evidenceOn(days) }),
    ),
    ...intersect(declined, withPrimary).flatMap((days) => piece(days.from, days.to, { status: 'WARNING', evidence: evidenceOn(days) })),
  ].sort((a, b) => a.from - b.from);
}

export const assignedRule: Rule = {
  id: 'ASSIGNED',
  name: 'Fast omsorgskontakt utsedd',
  kind: 'STATUTORY',
  basis: 'OFFER_DUTY',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Den som har tackat ja ska ha en fast omsorgskontakt. Det följer av vad erbjudandet är till för. Hur snart är ett lokalt mål. Den som har tackat nej bör inte stå med en utsedd kontakt.',
      parameters: ['assignTargetDays'],
      evaluate,
    },
  ],
};
