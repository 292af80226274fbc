import { countedFrom } from '../deadlines.js';
import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import { changeRequestsOf } from '../situation/change-requests.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Each wish for another contact is dealt with, where the policy of its day says within how long. */
function evaluate({ assignments, facts, policy, care }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const requests = changeRequestsOf(facts);
  for (const assignment of assignments) {
    const tasks = requests.flatMap(({ fact, closed }) => {
      const days = policy.on(fact.day).changeTargetDays;
      if (fact.data.assignment !== assignment.id || days === undefined) return [];
      const done = closed ? Math.max(fact.day, closed.day) : FOREVER;
      const evidence = closed ? [fact, closed] : [fact];
      return [{ from: fact.day, to: FOREVER, done, late: countedFrom(fact.day, days, care.paused), evidence }];
    });
    pieces.of(assignment.id).sayTasks(tasks, assignment, 'WARNING');
  }
  return pieces.list;
}

export const changeRule: Rule = {
  id: 'CHANGE',
  name: 'Önskemål om byte av kontakt',
  words: {
    lack: 'Önskemål om byte ej besvarat',
    wanting:
      'Önskemålet om byte av kontakt är inte omhändertaget i tid. Byt kontakt, eller registrera vad det ledde till.',
    mendedBy: 'ContactReplaced',
    button: 'Registrera byte',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      text: 'Omsorgstagaren har rätt att byta fast omsorgskontakt. Ett önskemål om byte ska tas om hand i tid.',
      parameters: ['changeTargetDays'],
      evaluate,
    },
  ],
};
