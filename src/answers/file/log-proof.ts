import type { EvidenceFigures, VerifiedFigures } from '../../kernel/observability/evidence.js';
import type { ToldCheckpoint } from '../../kernel/observability/verification-protocol.js';
import type { WitnessFigures } from '../../kernel/observability/witness-figures.js';
import { toldCheckpoint } from '../../kernel/integrity/told-checkpoint.js';
import type { Provenance } from '../../judgement/read-model.js';

/** What vouches for some entries: what of them a signed checkpoint covers, and who outside has seen it. */
export interface LogProof extends Provenance {
  /** Of the entries so many are under the checkpoint … */
  readonly sealed: number;
  /** … and so many not yet: that they are there, and in this order, nobody vouches for yet. */
  readonly unsealed: number;
  readonly checkpoint?: ToldCheckpoint;
  /** The checkpoint that enough witnesses vouch for; absent where none is asked. */
  readonly witnessed?: { readonly needed: number; readonly size: number };
  readonly witnesses: readonly WitnessFigures[];
  /** The last verification of the whole log; absent where there was none since the start. */
  readonly verified?: VerifiedFigures;
}

/**
 * What vouches for entries of the log.
 * @param positions where they stand @param evidence undefined where nothing vouches for the log
 */
export function logProof(
  positions: readonly string[],
  provenance: Provenance,
  evidence: EvidenceFigures | undefined,
): LogProof {
  const { checkpoint: signed, witnessed, witnesses = [], verified } = evidence ?? {};
  const last = BigInt(signed?.checkpoint.lastPosition ?? 0);
  const sealed = positions.filter((position) => BigInt(position) <= last).length;
  return {
    ...provenance,
    sealed,
    unsealed: positions.length - sealed,
    ...(signed ? { checkpoint: toldCheckpoint(signed) } : {}),
    ...(witnessed ? { witnessed: { needed: witnessed.needed, size: witnessed.size } } : {}),
    witnesses,
    ...(verified ? { verified } : {}),
  };
}
