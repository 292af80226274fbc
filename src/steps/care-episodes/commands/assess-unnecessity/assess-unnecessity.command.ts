import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const assessUnnecessityStep = defineStep({
  name: 'AssessUnnecessity',
  records: FACTS.ObviousUnnecessityAssessed,
  path: 'care-episodes/:id/unnecessity-assessments',
  summary: 'Bedöm att en kontakt är uppenbart obehövlig',
  description: 'Den enskildes egen syn ska beaktas; saknas den svarar kommandot med varningen UNNECESSARY.',
  example: {
    criteria: ['ONLY_SAFETY_ALARM'],
    recipientView: 'Vill inte ha en särskild kontakt för larmets skull.',
    reason: 'Har enbart trygghetslarm.',
    effectiveOn: '2026-11-09',
  },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
