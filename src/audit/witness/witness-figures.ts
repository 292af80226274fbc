import type { WitnessFigures } from '../../kernel/observability/witness-figures.js';
import type { WitnessStatus } from './witness-rounds.js';

/** What a witness has seen, as metrics, pages and documents tell it. */
export function witnessFigures({ name, kind, size = 0, at, problem }: WitnessStatus): WitnessFigures {
  return { name, kind, size, ...(at === undefined ? {} : { at }), ...(problem && { problem: problem.code }) };
}
