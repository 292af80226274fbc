import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const assessHomeRiskStep = defineStep({
  name: 'AssessHomeRisk',
  records: FACTS.HomeRiskAssessed,
  path: 'care-episodes/:id/home-risk-assessments',

  summary: 'Registrera att riskerna i hemmet har bedömts',

  example: { effectiveOn: '2026-11-20', reference: 'Akten, blad 4' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
