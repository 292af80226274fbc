import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const declinePlanStep = defineStep({
  name: 'DeclinePlan',
  records: FACTS.PlanDeclined,
  path: 'care-episodes/:id/plan-refusals',

  summary: 'Registrera att omsorgstagaren inte vill ha någon genomförandeplan',

  example: { effectiveOn: '2026-11-20', reasonText: 'Vet hur hon vill ha det' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
