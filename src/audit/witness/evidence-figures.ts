import type { SignedCheckpoint } from '../../kernel/integrity/checkpoint.js';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { witnessFigures } from './witness-figures.js';
import { witnessedBy, type WitnessStatus } from './witness-rounds.js';

/** What vouches for a log, as it stands: the last checkpoint, and what each witness said. */
export interface Vouching {
  /** The last checkpoint; undefined before the first. */
  readonly signed: SignedCheckpoint | undefined;
  /** Whether this process is the one that signs. */
  readonly signs: boolean;
  /** Of every witness that the settings name. */
  readonly statuses: readonly WitnessStatus[];
  /** How many of them make a checkpoint witnessed. */
  readonly needed: number;
  /** RFC 3339 in UTC. */
  readonly now: string;
}

/** How it stands with what vouches for the log. */
export function evidenceFigures({ signed, signs, statuses, needed, now }: Vouching): EvidenceFigures {
  const witnessed = witnessedBy(statuses, needed);
  const age = witnessed && (Date.parse(now) - Date.parse(witnessed.at)) / 1000;
  return {
    signs,
    sealed: signed?.checkpoint.size ?? 0,
    ...(signed && { checkpoint: signed }),
    ...(statuses.length > 0 && {
      witnessed: { needed, size: witnessed?.size ?? 0, ...(age !== undefined && { ageSeconds: Math.round(age) }) },
    }),
    witnesses: statuses.map(witnessFigures),
  };
}
