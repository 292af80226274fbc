import { type SignedCheckpoint, writeOwnCheckpoint } from '../../kernel/integrity/checkpoint.js';
import { cosignedAt } from '../../kernel/integrity/cosignature.js';
import type { Hash } from '../../kernel/integrity/merkle.js';
import type { WitnessPlace } from '../../kernel/integrity/witness-places.js';
import type { Clock } from '../../kernel/time/clock.js';
import { digestOf } from './time-stamp.js';
import { askWitness, NotWitnessed } from './ask-witness.js';
import type { Receipt, Receipts, WitnessProblem } from './receipts.js';

/** The log's checkpoints, as far as witnesses are shown them. */
export interface ShownLog {
  lastCheckpoint(): SignedCheckpoint | undefined;
  consistency(older: number, newer: number): readonly Hash[];
}

/** What one witness has seen. */
export interface WitnessStatus {
  readonly name: string;
  readonly kind: WitnessPlace['kind'];
  /** The size of the last checkpoint that it took, and when. */
  readonly size?: number;
  readonly at?: string;
  /** Why it did not take the last one; absent when it did. */
  readonly problem?: WitnessProblem;
}

/** The last checkpoint that enough witnesses vouch for. */
export interface WitnessedCheckpoint {
  readonly size: number;
  /** When the last of them that it takes saw it. */
  readonly at: string;
}

/** Whether a witness was shown something that this log contradicts. */
export function contradicts({ problem }: WitnessStatus): boolean {
  return problem !== undefined && problem.code !== 'LATE';
}

/**
 * The checkpoint that enough witnesses vouch for: who saw more events vouches for fewer as well. A folder keeps, and vouches
 * for nothing.
 */
export function witnessedBy(statuses: readonly WitnessStatus[], needed: number): WitnessedCheckpoint | undefined {
  const seen = statuses
    .flatMap(({ kind, size, at }) =>
      kind !== 'FOLDER' && size !== undefined && at !== undefined ? [{ size, at }] : [],
    )
    .toSorted((one, other) => other.size - one.size);
  return seen[needed - 1];
}

/** Shows checkpoints to witnesses, all at once, and keeps what they answer. */
export class WitnessRounds {
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly places: readonly WitnessPlace[],
    private readonly receipts: Receipts,
    private readonly log: ShownLog,
    private readonly clock: Clock,
  ) {}

  /** Shows the last checkpoint to those who did not take it yet. Fails for none of them: the status says how it went. */
  async show(): Promise<readonly WitnessStatus[]> {
    await (this.running ??= this.round().finally(() => (this.running = undefined)));
    return this.status();
  }

  status(): readonly WitnessStatus[] {
    return this.places.map(({ name, kind }) => {
      const last = this.receipts.last(name);
      const problem = this.receipts.problem(name);
      return { name, kind, ...(last && { size: last.size, at: last.at }), ...(problem && { problem }) };
    });
  }

  /** Lets go of those who have not answered. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async round(): Promise<void> {
    const signed = this.log.lastCheckpoint();
    if (!signed) return;
    await Promise.all(this.places.map((place) => this.showTo(place, signed)));
  }

  private async showTo(place: WitnessPlace, signed: SignedCheckpoint): Promise<void> {
    const { size } = signed.checkpoint;
    const last = this.receipts.last(place.name);
    const seen = last?.size ?? 0;
    if (last && seen === size && confirms(place, last, signed) && !this.receipts.problem(place.name)) return;
    try {
      const receipt = await askWitness(place, {
        signed,
        seen: Math.min(seen, size),
        proof: (older) => this.log.consistency(older, size),
        now: () => this.clock.now(),
        signal: this.stopped.signal,
      });
      this.receipts.keep(place.name, receipt);
    } catch (error) {
      if (!(error instanceof NotWitnessed)) throw error;
      if (!this.stopped.signal.aborted)
        this.receipts.keepProblem(place.name, { code: error.code, message: error.message, at: this.clock.now() });
    }
  }
}

/** Whether a receipt is for this checkpoint, and not for another of the same size; what cannot be told is asked again. */
function confirms(place: WitnessPlace, { receipt }: Receipt, signed: SignedCheckpoint): boolean {
  if (place.kind === 'TIME_STAMPS') return Buffer.from(receipt).includes(digestOf(writeOwnCheckpoint(signed)));
  if (place.kind === 'FOLDER') return false;
  return cosignedAt(writeOwnCheckpoint(signed), Buffer.from(receipt).toString('utf8'), place.key) !== undefined;
}
