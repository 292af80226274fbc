import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const completeTrainingStep = defineStep({
  name: 'CompleteTraining',
  records: FACTS.TrainingCompleted,
  path: 'staff/:id/trainings',
  summary: 'Registrera en genomförd utbildning för fast omsorgskontakt',
  example: { course: 'Fast omsorgskontakt, grund', effectiveOn: '2026-11-05' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
