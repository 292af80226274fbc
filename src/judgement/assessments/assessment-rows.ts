import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import type { CollectionSpec, Row } from '../../kernel/view-store/view-store.js';
import type { DerivedEpisode } from './derive-episode.js';
import { PARKED } from './parking.js';

/** Stands for "no end known" in days: later than any day that can be asked for. */
export const NO_LAST_DAY = 9_999_999;
/** Stands for "still known so": later than any position that can be asked for. */
export const STILL_KNOWN = Number.MAX_SAFE_INTEGER;

/** One row an episode: everything today's answers need, as known now. */
const EPISODES: CollectionSpec = {
  name: 'episodes',
  fields: { episode: 'uuid', assessment: 'json' },
  key: ['episode'],
};

/**
 * One row a figure stretch and the run of log positions with which it is known; a report is one scan over those of its
 * units.
 */
const STRETCHES: CollectionSpec = {
  name: 'stretches',
  fields: {
    episode: 'uuid',
    n: 'integer',
    recipient: 'uuid',
    unit: 'uuid',
    figures: 'text',
    from: 'integer',
    to: 'integer',
    learnt: 'integer',
    revised: 'integer',
  },
  key: ['episode', 'n'],
  indexes: [['unit', 'from', 'to', 'learnt', 'revised', 'figures']],
};

/** What still has to be judged: one episode, or all that rest on a stream, from `after` on. */
const WAITING: CollectionSpec = {
  name: 'waiting',
  fields: { kind: 'text', id: 'uuid', after: 'text' },
  key: ['kind', 'id'],
};

export const assessmentCollections: readonly CollectionSpec[] = [EPISODES, STRETCHES, WAITING, PARKED];

export interface EpisodeRows {
  readonly episode: Row | undefined;
  readonly stretches: readonly Row[];
}

/** The rows of one derived episode. */
export function rowsOf(episode: string, derived: DerivedEpisode): EpisodeRows {
  return {
    episode: derived.assessment && { episode, assessment: derived.assessment },
    stretches: derived.stretches.map((stretch, n) => ({
      episode,
      n,
      recipient: stretch.recipient,
      unit: stretch.unit,
      figures: stretch.figures,
      from: stretch.from,
      to: stretch.to ?? NO_LAST_DAY,
      learnt: placeOf(stretch.learnt),
      revised: stretch.revised === undefined ? STILL_KNOWN : placeOf(stretch.revised),
    })),
  };
}

/**
 * A log position as rows keep it. Positions on a server are bytes of its log.
 * @throws RangeError beyond nine petabytes
 */
export function placeOf(position: bigint): number {
  if (position >= BigInt(STILL_KNOWN)) throw new RangeError(`no view can keep the log position ${position}`);
  return Number(position);
}

export function assessmentOf(row: Row): EpisodeAssessment {
  return row['assessment'] as EpisodeAssessment;
}
