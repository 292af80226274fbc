import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** In each unbroken run of yeses a plan dated on or after its first yes; the days are counted from that yes. */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const plans = situation.facts.of('PlanAgreed', 'PlanRevised');
  for (const { yes, first, from, to } of situation.answers.runs) {
    if (!yes) continue;
    const plan = plans.find(({ day }) => day >= from);
    const agreed = plan?.day ?? FOREVER;
    pieces.sayDue(from, Math.min(agreed, to), { from, days: 'planTargetDays', late: 'BREACH' }, situation, [first.id]);
    if (plan) pieces.say(agreed, to, 'MET', [first.id, plan.id]);
  }
  return pieces.list;
}

export const planRule: Rule = {
  id: 'PLAN',
  name: 'Genomförandeplan',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När den enskilde har tackat ja ska rollens innehåll överenskommas i genomförandeplanen.',
      parameters: ['planTargetDays'],
      evaluate,
    },
  ],
};
