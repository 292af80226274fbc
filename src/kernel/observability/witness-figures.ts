import type { WitnessPlace } from '../integrity/witness-places.js';

/** What one witness has seen, and whether it speaks against the log. */
export interface WitnessFigures {
  readonly name: string;
  readonly kind: WitnessPlace['kind'];
  /** How many events the last checkpoint that it took covers; 0 before it took one. */
  readonly size: number;
  /** When it took it, RFC 3339 in UTC. */
  readonly at?: string;
  /** `LATE` when it could not be asked; another code when it was shown something that this log contradicts. */
  readonly problem?: string;
}
