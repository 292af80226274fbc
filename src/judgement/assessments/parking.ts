import type { CollectionSpec, Row } from '../../kernel/view-store/view-store.js';

/**
 * What is done with an episode that cannot be judged: put it aside and go on, or stand still until somebody has looked.
 */
export type PoisonPolicy = 'park' | 'stop';

/** An episode that could not be judged. Its rows stay as they were last; every answer that shows it says so. */
export interface ParkedEpisode {
  readonly episode: string;
  /** Without personal data: where the event stands and what is wrong with it. */
  readonly error: string;
  /** When it was parked first, RFC 3339 UTC. */
  readonly since: string;
  readonly tries: number;
  /**
   * When it is tried again by itself, in milliseconds since 1970; NEVER after the last try, and for what was skipped.
   */
  readonly retryAt: number;
  /** Why somebody decided to go on without it; null while nobody has. */
  readonly skipped: string | null;
}

/** Episodes put aside. */
export const PARKED: CollectionSpec = {
  name: 'parked',
  fields: { episode: 'uuid', error: 'text', since: 'text', tries: 'integer', retryAt: 'integer', skipped: 'text' },
  key: ['episode'],
  indexes: [['retryAt']],
};

export const NEVER = 9_999_999_999_999;
/**
 * Pauses before an episode is tried again, in milliseconds; after the last it waits for its next entry, or for
 * somebody.
 */
export const RETRY_AFTER_MS = [1_000, 10_000, 60_000, 600_000] as const;

/** The parked row after one more failure. */
export function parkedAgain(
  before: ParkedEpisode | undefined,
  episode: string,
  error: string,
  now: string,
): ParkedEpisode {
  const tries = (before?.tries ?? 0) + 1;
  const pause = RETRY_AFTER_MS[tries - 1];
  return {
    episode,
    error,
    since: before?.since ?? now,
    tries,
    retryAt: pause === undefined || before?.skipped ? NEVER : Date.parse(now) + pause,
    skipped: before?.skipped ?? null,
  };
}

export function parkedOf(row: Row): ParkedEpisode {
  return {
    episode: String(row['episode']),
    error: String(row['error']),
    since: String(row['since']),
    tries: Number(row['tries']),
    retryAt: Number(row['retryAt']),
    skipped: row['skipped'] === null || row['skipped'] === undefined ? null : String(row['skipped']),
  };
}

/** Somebody has to look: the policy is to stand still when an episode cannot be judged. */
export class ProjectionStopped extends Error {
  readonly code = 'PROJECTION_STOPPED';
  constructor(
    readonly episode: string,
    readonly reason: string,
  ) {
    super(`the assessments stand still at episode ${episode}: ${reason}`);
  }
}
