import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, dueThenLate, piece } from './pieces.js';

/** In each unbroken run of yeses a plan dated on or after its first yes; the days are counted from that yes. */
function evaluate(situation: Situation): Piece[] {
  const plans = situation.facts.of('PlanAgreed', 'PlanRevised');
  return situation.answers.runs
    .filter(({ yes }) => yes)
    .flatMap(({ first, from, to }) => {
      const plan = plans.find(({ day }) => day >= first.day);
      const agreed = Math.min(to, plan?.day ?? to);
      return [
        ...dueThenLate({ from, to: agreed }, { from: first.day, parameter: 'planTargetDays', late: 'BREACH' }, situation, { evidence: [first.id] }),
        ...piece(agreed, to, { status: 'MET', evidence: plan ? [first.id, plan.id] : [first.id] }),
      ];
    });
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
