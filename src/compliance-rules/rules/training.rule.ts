import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Each active contact has completed the training. */
function evaluate({ assignments }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { id, entry, employee, from, to } of assignments) {
    const training = employee.of('TrainingCompleted')[0];
    const trained = Math.max(from, training?.day ?? FOREVER);
    pieces.of(id).say(from, Math.min(trained, to), 'BREACH', [entry.id]);
    if (training) pieces.say(trained, to, 'MET', [entry.id, training.id]);
  }
  return pieces.list;
}

export const trainingRule: Rule = {
  id: 'TRAINING',
  name: 'Utbildning',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      text: 'Den som är fast omsorgskontakt ska ha genomfört utbildningen för uppdraget.',
      parameters: [],
      evaluate,
    },
  ],
};
