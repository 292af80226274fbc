import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const offerContactStep = defineStep({
  name: 'OfferContact',
  records: FACTS.ContactOffered,
  path: 'care-episodes/:id/offers',
  summary: 'Erbjud en fast omsorgskontakt',
  example: { by: '5f0c8d2a-2222-4a6b-9c3d-000000000001', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
