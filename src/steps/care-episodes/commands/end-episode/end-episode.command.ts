import { defineStep } from '../../../../recording/step.js';
import { endEpisode } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const endEpisodeStep = defineStep({
  name: 'EndEpisode',
  records: FACTS.CareEpisodeEnded,
  path: 'care-episodes/:id/end',
  summary: 'Avsluta insatsen',
  example: { cause: 'DECISION_ENDED', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: endEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ALREADY_ENDED, refusals.EPISODE_END_BEFORE_START],
});
