import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { planStretches } from '../situation/plan-stretches.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Where there is to be a plan: met from the plan, or from the day on which the recipient says not to want one. */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { from, to, since, because, plan, declined } of planStretches(situation)) {
    const done = [declined, plan].filter((fact) => fact !== undefined);
    const met = Math.min(FOREVER, ...done.map(({ day }) => day));
    const target = { from: since, days: 'planTargetDays', late: 'BREACH' } as const;
    pieces.sayDue(from, Math.min(met, to), target, situation, [because]);
    pieces.say(Math.max(from, met), to, 'MET', [because, ...done]);
  }
  return pieces.list;
}

export const planRule: Rule = {
  id: 'PLAN',
  name: 'Genomförandeplan',
  words: {
    lack: 'Genomförandeplan saknas',
    wanting: 'Ingen genomförandeplan har överenskommits i tid.',
    mendedBy: 'PlanAgreed',
    button: 'Registrera plan',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'När omsorgstagaren har tackat ja ska överenskommelsen om rollens innehåll dokumenteras i genomförandeplanen. Den som inte vill ha någon plan har rätt att avstå. Kommunen kan bestämma att planen ska finnas redan från det att omsorgen påbörjas.',
      parameters: ['planTargetDays', 'planFrom', 'planForDeclined'],
      evaluate,
    },
  ],
};
