import type { StateSources } from '../../recording/step.js';
import { CareEpisode } from './domain/care-episode.js';

/** The episode as its deciders see it, before the step. */
export function episodeOf({ dossier }: StateSources): CareEpisode {
  if (!dossier) throw new Error('a step on an episode is decided on its dossier');
  return CareEpisode.of(dossier);
}
