import { defineStep } from '../../../../recording/step.js';
import { startEpisode } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const startEpisodeStep = defineStep({
  name: 'StartEpisode',
  records: FACTS.CareEpisodeStarted,
  path: 'care-episodes',
  summary: 'Starta en insats hos en enhet',
  example: {
    recipient: '5f0c8d2a-3333-4a6b-9c3d-000000000001',
    unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001',
    careForm: 'HOME_CARE',
    legalGround: 'SOL_NEEDS_ASSESSED',
    services: ['PERSONAL_CARE', 'CLEANING'],
    effectiveOn: '2026-11-02',
  },
  stateOf: episodeOf,
  decide: startEpisode,
  refusals: [refusals.UNIT_CLOSED],
});
