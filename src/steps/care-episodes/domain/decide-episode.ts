import { accept, acceptAny, type Decide, refuse, type Step } from '../../../kernel/event-sourcing/decider.js';
import { dayOf, formatDay } from '../../../kernel/time/day.js';
import type { Proposed } from '../../../facts/proposed.js';
import type { CareEpisode } from './care-episode.js';
import { episodeRefusals as refusals } from './refusals.js';

/**
 * A decider of a step inside the care: the episode exists, and the day lies before its end. Days before the start are
 * welcome (an offer may come first).
 */
export function duringCare<S extends Step>(decide: Decide<CareEpisode, S> = acceptAny): Decide<CareEpisode, S> {
  return (step, episode) => {
    const care = episode.situation?.care;
    if (!care) return refuse(refusals.EPISODE_ANNULLED);
    if (dayOf(step.effectiveOn) >= care.end) return refuse(refusals.EPISODE_ENDED, { endedOn: formatDay(care.end) });
    return decide(step, episode);
  };
}

export const startEpisode: Decide<CareEpisode, Proposed<'CareEpisodeStarted' | 'CareEpisodeMovedUnit'>> = (
  step,
  episode,
) => {
  const { unit } = step.data;
  if (episode.isClosed(unit, dayOf(step.effectiveOn))) return refuse(refusals.UNIT_CLOSED, { unit });
  return accept(step);
};

export const moveEpisode = duringCare(startEpisode);

export const pauseEpisode = duringCare((step, episode) =>
  episode.isPaused(dayOf(step.effectiveOn)) ? refuse(refusals.EPISODE_ALREADY_PAUSED) : accept(step),
);

export const resumeEpisode = duringCare((step, episode) =>
  episode.isPaused(dayOf(step.effectiveOn)) ? accept(step) : refuse(refusals.EPISODE_NOT_PAUSED),
);

export const endPrivateFunds = duringCare<Proposed<'PrivateFundsAgreementEnded'>>((step, episode) =>
  episode.hasFundsAgreement(step.data.agreement) ? accept(step) : refuse(refusals.UNKNOWN_AGREEMENT),
);

/** An episode ends once; one that never came about ends on the day it would have started. */
export const endEpisode: Decide<CareEpisode> = (step, episode) => {
  const care = episode.situation?.care;
  if (!care) return refuse(refusals.EPISODE_ANNULLED);
  if (care.endedBy)
    return refuse(refusals.EPISODE_ALREADY_ENDED, { endedOn: formatDay(care.endedBy.day), endedBy: care.endedBy.id });
  if (dayOf(step.effectiveOn) < care.start.day)
    return refuse(refusals.EPISODE_END_BEFORE_START, { startsOn: formatDay(care.start.day) });
  return accept(step);
};
