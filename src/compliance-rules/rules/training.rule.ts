import { FOREVER, intersect, span } from '../intervals.js';
import type { PolicyValues } from '../policy.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { isSameText } from '../same-text.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Each active contact has completed the training; where the policy of the day names courses, one of them. */
function evaluate({ assignments, policy }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const assignment of assignments) {
    const { id, entry, employee } = assignment;
    pieces.of(id);
    for (const { from, to, value } of policy.byDay) {
      for (const days of intersect([assignment], span(from, to))) {
        const training = employee.of('TrainingCompleted').find(({ data }) => counts(data.course, value.values));
        const trained = Math.max(days.from, training?.day ?? FOREVER);
        pieces.say(days.from, Math.min(trained, days.to), 'BREACH', [entry.id]);
        if (training) pieces.say(trained, days.to, 'MET', [entry.id, training.id]);
      }
    }
  }
  return pieces.list;
}

function counts(course: string, { trainingCourses }: PolicyValues): boolean {
  return trainingCourses?.some((named) => isSameText(named, course)) ?? true;
}

export const trainingRule: Rule = {
  id: 'TRAINING',
  name: 'Utbildning',
  words: {
    lack: 'Utbildning saknas',
    wanting:
      'Den som har uppdraget har inte gått utbildningen för fast omsorgskontakt. Registrera den när den är genomförd.',
    mendedBy: 'TrainingCompleted',
    button: 'Registrera utbildning',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '2',
      text: 'Den som är fast omsorgskontakt ska ha genomfört utbildningen för uppdraget. Har kommunen bestämt vilka utbildningar som räknas är det en av dem.',
      parameters: ['trainingCourses'],
      evaluate,
    },
  ],
};
