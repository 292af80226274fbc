import type { Piece, Rule } from '../rule.js';
import { isYes } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** While the standing answer is no: MET when it carries a reason code, and "did not wish to state" is one. */
function evaluate({ answers }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { from, to, value: answer } of answers.standing) {
    if (!isYes(answer)) pieces.say(from, to, answer.data.reasonCode === undefined ? 'BREACH' : 'MET', [answer.id]);
  }
  return pieces.list;
}

export const declineReasonRule: Rule = {
  id: 'DECLINE_REASON',
  name: 'Orsak till nej',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När den enskilde tackar nej ska orsaken dokumenteras. Att den enskilde inte vill ange någon orsak är också en orsak.',
      parameters: [],
      evaluate,
    },
  ],
};
