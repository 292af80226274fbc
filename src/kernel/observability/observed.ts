import type { EvidenceFigures, SealedAt } from './evidence.js';
import type { Metrics, RebuildFigures, ViewFigures } from './metrics.js';

/** What can be seen of a running program from outside. */
export interface Observed {
  readonly metrics: Metrics;
  /** Tries to reach each store; named as it is shown. */
  readonly stores: Readonly<Record<string, () => Promise<unknown>>>;
  /** How the views stand now. @throws when a store cannot be asked */
  views(): Promise<readonly ViewFigures[]>;
  readonly rebuild: RebuildFigures | undefined;
  /** True when following stands still on purpose, until somebody has looked. */
  readonly standsStill: boolean;
  /** How it stands with what vouches for the log; undefined where nothing does. */
  readonly evidence: EvidenceFigures | undefined;
  /** All checkpoints that this process knows of, oldest first. */
  checkpoints(): readonly SealedAt[];
  /** How far the clock lies from that of the event store, in seconds; undefined where that has none. */
  readonly clockOffsetSeconds: number | undefined;
  /** True while it lies so far off that nothing is recorded. */
  readonly clockOff: boolean;
  /** How callers are known: `none` where everybody is believed. */
  readonly auth: string;
  /** A view that is further behind than this is not ready to answer. */
  readonly maxLagSeconds: number;
}

/** The injection token of what is {@link Observed}. */
export const OBSERVED = Symbol('OBSERVED');

/** The routes that lie outside the API's path. */
export const OBSERVABILITY_ROUTES = ['metrics', 'health/live', 'health/ready'];

const paths = new Set(OBSERVABILITY_ROUTES.map((route) => `/${route}`));

/**
 * Whether a route is one of these: it is answered however much there is to do.
 * @param route its path, undefined for none of ours
 */
export function isObservability(route: string | undefined): boolean {
  return route !== undefined && paths.has(route);
}
