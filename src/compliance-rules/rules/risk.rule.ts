import { countedFrom } from '../deadlines.js';
import { FOREVER } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** The risks in the home are assessed within so many days of the start, where the policy of the start says how many. */
function evaluate({ care, facts, policy }: Situation): readonly Piece[] {
  const { start, paused } = care;
  const days = policy.on(start.day).riskAssessmentDays;
  if (days === undefined) return [];
  const assessment = facts.of('HomeRiskAssessed')[0];
  const made = Math.max(start.day, assessment?.day ?? FOREVER);
  const pieces = new Pieces();
  pieces.sayUntil(start.day, made, countedFrom(start.day, days, paused), 'BREACH', [start.id]);
  if (assessment) pieces.say(made, FOREVER, 'MET', [start.id, assessment.id]);
  return pieces.list;
}

export const riskRule: Rule = {
  id: 'RISK',
  name: 'Riskbedömning i hemmet',
  words: {
    lack: 'Riskbedömning saknas',
    wanting: 'Riskerna i hemmet är inte bedömda i tid. Registrera bedömningen.',
    mendedBy: 'HomeRiskAssessed',
    button: 'Registrera bedömning',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När omsorgen har påbörjats ska riskerna i hemmet bedömas inom den tid som kommunen har bestämt.',
      parameters: ['riskAssessmentDays'],
      evaluate,
    },
  ],
};
