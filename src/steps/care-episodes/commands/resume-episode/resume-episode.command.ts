import { defineStep } from '../../../../recording/step.js';
import { resumeEpisode } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const resumeEpisodeStep = defineStep({
  name: 'ResumeEpisode',
  records: FACTS.CareEpisodeResumed,
  path: 'care-episodes/:id/resumptions',
  summary: 'Avsluta ett uppehåll',
  example: { effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: resumeEpisode,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.EPISODE_NOT_PAUSED],
});
