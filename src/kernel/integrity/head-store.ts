import type { SignedCheckpoint } from './checkpoint.js';

/** What was signed last, as it is kept where the signing key is. */
export interface KeptHead {
  readonly signed: SignedCheckpoint;
  /** The size of the checkpoint before it; none before the first. Of use when the seals did not get to keep the last one. */
  readonly before?: number;
  /** This very process has just signed it; not kept. Only that says what a machine of several has vouched for. */
  readonly signedHere?: true;
}

/** The right to sign, of one process at a time. */
export interface Lease {
  readonly holder: string;
  /** Rises each time that the right goes to another. */
  readonly token: number;
  /** Until then it is nobody else's, in milliseconds since 1970. */
  readonly until: number;
}

export type Advanced = 'ADVANCED' | 'OVERTAKEN' | 'LEASE_LOST';

/**
 * What lies with the signing key, out of reach of whoever has the files of the log only: what was signed last, which moves only forward,
 * and who may sign. Every promise may reject with IntegrityError HEAD_UNUSABLE,
 * and where it lies on a server with KeyStoreError.
 */
export interface HeadStore {
  /** @returns undefined while nothing was ever signed, and of a register from before heads were kept */
  head(): Promise<KeptHead | undefined>;

  /** Who may sign now; undefined when nobody may. */
  lease(): Promise<Lease | undefined>;

  /**
   * Takes the right to sign, or holds on to it.
   * @param how `IF_FREE`: only what nobody else holds; `AT_ONCE`: whoever holds it, for a single act
   * @returns undefined when another holds it
   */
  takeLease(holder: string, forMs: number, how: 'IF_FREE' | 'AT_ONCE'): Promise<Lease | undefined>;

  /** Gives the right back; nothing when it is another's by now. */
  release(lease: Lease): Promise<void>;

  /**
   * Puts the head forward in one step: only by who may sign, and only from what they believe it to be. A signature leaves the process after
   * this only.
   * @param from the head as it was verified; undefined when there was none
   */
  advance(lease: Lease, from: KeptHead | undefined, to: KeptHead): Promise<Advanced>;

  /**
   * All that was signed over more events than these, wherever it was, oldest first; for stores that servers on several
   * machines share, each of which has seals of its own.
   */
  checkpoints?(after: number): Promise<SignedCheckpoint[]>;

  close(): Promise<void>;
}

/** Whether two heads vouch for the same. */
export function isSameHead(one: KeptHead | undefined, other: KeptHead | undefined): boolean {
  const [first, second] = [one?.signed.checkpoint, other?.signed.checkpoint];
  return first?.size === second?.size && first?.root === second?.root;
}
