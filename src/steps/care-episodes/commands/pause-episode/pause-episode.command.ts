import { defineStep } from '../../../../recording/step.js';
import { pauseEpisode } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const pauseEpisodeStep = defineStep({
  name: 'PauseEpisode',
  records: FACTS.CareEpisodePaused,
  path: 'care-episodes/:id/pauses',
  summary: 'Registrera ett uppehåll',
  example: { cause: 'HOSPITAL', effectiveOn: '2026-11-18' },
  stateOf: episodeOf,
  decide: pauseEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.EPISODE_ALREADY_PAUSED],
});
