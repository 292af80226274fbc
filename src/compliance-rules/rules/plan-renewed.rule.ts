import { countedFrom } from '../deadlines.js';
import { firstDay } from '../facts.js';
import { ALWAYS, FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { serviceSet } from '../situation/care.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** From the first plan on, each change of services leads to a new plan or a follow-up, in the time that the policy says. */
function evaluate({ facts, care, policy }: Situation): readonly Piece[] {
  const agreed = firstDay(facts.of('PlanAgreed'));
  if (agreed === undefined) return [];
  const renewals = facts.of('PlanAgreed', 'PlanRevised', 'PlanDeclined', 'FollowUpHeld');
  const tasks = care.services.flatMap(({ from, value }, index) => {
    const before = care.services[index - 1];
    if (!before || from < agreed || serviceSet(before.value) === serviceSet(value)) return [];
    const days = policy.on(from).planRenewDays;
    if (days === undefined) return [];
    const renewal = renewals.find(({ day }) => day >= from);
    const evidence = renewal ? [value, renewal] : [value];
    const late = countedFrom(from, days, care.paused);
    return [{ from, to: FOREVER, done: renewal?.day ?? FOREVER, late, evidence }];
  });
  return new Pieces().sayTasks(tasks, ALWAYS[0]!, 'BREACH').list;
}

export const planRenewedRule: Rule = {
  id: 'PLAN_RENEWED',
  name: 'Plan förnyad när beviljade insatser har ändrats',
  words: {
    lack: 'Plan inte förnyad',
    wanting: 'Planen har inte reviderats eller följts upp sedan de beviljade insatserna ändrades.',
    mendedBy: 'PlanRevised',
    button: 'Revidera planen',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När de beviljade insatserna har ändrats ska genomförandeplanen revideras eller följas upp.',
      parameters: ['planRenewDays'],
      evaluate,
    },
  ],
};
