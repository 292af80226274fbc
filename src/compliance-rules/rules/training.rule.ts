import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, piece } from './pieces.js';

/** Each active contact has completed the training. */
function evaluate({ assignments }: Situation): Piece[] {
  return assignments.flatMap(({ id, entry, employee, from, to }) => {
    const training = employee.of('TrainingCompleted')[0];
    const trained = Math.min(to, Math.max(from, training?.day ?? to));
    return [
      ...piece(from, trained, { assignment: id, status: 'BREACH', evidence: [entry.id] }),
      ...piece(trained, to, { assignment: id, status: 'MET', evidence: training ? [entry.id, training.id] : [entry.id] }),
    ];
  });
}

export const trainingRule: Rule = {
  id: 'TRAINING',
  name: 'Utbildning',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [{ version: '1', text: 'Den som är fast omsorgskontakt ska ha genomfört utbildningen för uppdraget.', parameters: [], evaluate }],
};
