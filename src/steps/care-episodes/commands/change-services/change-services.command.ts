import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const changeServicesStep = defineStep({
  name: 'ChangeServices',
  records: FACTS.ServicesChanged,
  path: 'care-episodes/:id/services',
  summary: 'Ändra insatserna',
  description: 'En bedömning att en kontakt är uppenbart obehövlig gäller bara de insatser som fanns när den gjordes.',
  example: { services: ['SAFETY_ALARM', 'PERSONAL_CARE'], effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
