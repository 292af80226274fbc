import type { SignedCheckpoint } from '../integrity/checkpoint.js';
import type { VerificationProtocol } from './verification-protocol.js';
import type { WitnessFigures } from './witness-figures.js';

/** What a verification of the whole log in the background found. */
export interface VerifiedFigures {
  /** When it ended. */
  readonly at: string;
  readonly events: number;
  readonly findings: number;
  /** What nobody should go on answering over. */
  readonly damage?: string;
}

/** How it stands with what vouches for the log. */
export interface EvidenceFigures {
  /** Whether this process is the one that signs. */
  readonly signs: boolean;
  /** How many events the last checkpoint covers; 0 before the first. */
  readonly sealed: number;
  /** That checkpoint; absent before the first. */
  readonly checkpoint?: SignedCheckpoint;
  /** How many of them enough witnesses vouch for, and how old their word is; absent where none is asked. */
  readonly witnessed?: { readonly needed: number; readonly size: number; readonly ageSeconds?: number };
  readonly witnesses: readonly WitnessFigures[];
  /** Absent where the log is not verified in the background, or has not been once since the start. */
  readonly verified?: VerifiedFigures;
  /** The protocol of that verification. */
  readonly protocol?: VerificationProtocol;
}

/** A signed checkpoint, as far as others reckon from it. */
export interface SealedAt {
  /** So many events, in log order … */
  readonly size: number;
  /** … have this root, hex. */
  readonly root: string;
  /** The position of the last of them. */
  readonly lastPosition: string;
  /** Instant, RFC 3339 UTC. */
  readonly at: string;
}

/** Shown by whoever seals, seen by whoever watches; nothing before anybody shows it. */
export class Evidence {
  private read: (() => EvidenceFigures) | undefined;
  private kept: (() => readonly SealedAt[]) | undefined;

  /** @param checkpoints all that were signed, oldest first */
  show(read: () => EvidenceFigures, checkpoints: () => readonly SealedAt[]): void {
    this.read = read;
    this.kept = checkpoints;
  }

  /** All checkpoints that this process knows of, oldest first. */
  checkpoints(): readonly SealedAt[] {
    return this.kept?.() ?? [];
  }

  get figures(): EvidenceFigures | undefined {
    return this.read?.();
  }
}

/** Whether the evidence speaks against the log, so that nobody should go on answering from it. */
export function speaksAgainst({ witnesses, verified }: EvidenceFigures): boolean {
  return verified?.damage !== undefined || witnesses.some(({ problem }) => problem !== undefined && problem !== 'LATE');
}
