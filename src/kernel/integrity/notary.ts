import { readBody } from '../event-sourcing/stored-body.js';
import type { EventStore, StoredRecord } from '../event-store/event-store.js';
import type { Clock } from '../time/clock.js';
import {
  type Checkpoint,
  type SignedCheckpoint,
  continuesPrevious,
  fromHex,
  signCheckpoint,
  toHex,
} from './checkpoint.js';
import { assertContinued } from './continued.js';
import { IntegrityError } from './integrity-error.js';
import { leafOf } from './leaf.js';
import { type Hash, consistencyProof, inclusionProof, same } from './merkle.js';
import type { SigningKey } from './signing-key.js';
import type { TreeEnd, TreeFile } from './tree-file.js';

const PAGE = 5000;

/** The proof that one event stands in the log that a checkpoint vouches for. */
export interface Inclusion {
  /** The event's place in log order, from 0. */
  readonly index: number;
  readonly proof: readonly Hash[];
}

/**
 * Follows the log with a Merkle tree and vouches for it by signed checkpoints, each a continuation of the one before.
 */
export class Notary {
  constructor(
    private readonly store: EventStore,
    private readonly tree: TreeFile,
    private readonly key: SigningKey,
    private readonly clock: Clock,
  ) {}

  lastCheckpoint(): SignedCheckpoint | undefined {
    return this.tree.last();
  }

  checkpoints(): SignedCheckpoint[] {
    return this.tree.checkpoints();
  }

  /**
   * Takes in what came since, and signs. When nothing came, the answer is the last checkpoint.
   * @param onProgress called with the number of events in the tree so far
   * @returns undefined while the log is empty
   * @throws IntegrityError LOG_NOT_CONTINUED when the log does not go on where the tree ends, SEALS_INCONSISTENT when
   * the tree was changed
   */
  async seal(onProgress: (events: number) => void = () => undefined): Promise<SignedCheckpoint | undefined> {
    await this.assertContinued();
    const head = await this.store.head();
    await this.follow(onProgress);
    const reached = this.tree.end()?.position ?? 0n;
    if (reached < head)
      throw new IntegrityError(
        'LOG_NOT_CONTINUED',
        `the log goes up to position ${head}, but what comes after ${reached} cannot be read: run verify`,
      );
    const register = await this.registerOf();
    return this.tree.transaction(() => {
      const end = this.tree.end();
      if (!end || register === undefined) return undefined;
      const last = this.tree.last();
      if (last?.checkpoint.size === end.size) return last;
      const signed = signCheckpoint(this.checkpointAt(end, last, register), this.key);
      if (!continuesPrevious(signed.checkpoint))
        throw new IntegrityError(
          'SEALS_INCONSISTENT',
          `the tree no longer has the root that was signed over its first ${last!.checkpoint.size} events`,
        );
      this.tree.keep(signed);
      return signed;
    });
  }

  /**
   * @throws IntegrityError LOG_NOT_CONTINUED when the log does not go on where the tree ends, SEALS_INCONSISTENT,
   * EventStoreError
   */
  assertContinued(): Promise<void> {
    return assertContinued(this.tree, this.store);
  }

  /**
   * The proof that an event is under a checkpoint.
   * @throws IntegrityError LOG_NOT_CONTINUED when it is not the one that was sealed
   */
  inclusion(record: StoredRecord, { size }: Checkpoint): Inclusion {
    const index = this.tree.indexOf(record.position, leafOf(record));
    if (index === undefined || index >= size)
      throw new IntegrityError(
        'LOG_NOT_CONTINUED',
        `the event at position ${record.position} is not the one that was sealed: run verify`,
      );
    return { index, proof: inclusionProof(index, size, (from, to) => this.tree.subtree(from, to)) };
  }

  private async follow(onProgress: (events: number) => void): Promise<void> {
    for (;;) {
      const end = this.tree.end();
      const page = await this.store.readLog({ from: end?.position ?? 0n, limit: PAGE });
      if (page.length === 0) return;
      if (this.store.gapless) assertWithoutGaps(page, end?.position ?? 0n);
      this.tree.append(
        end?.size ?? 0,
        page.map((record) => ({ hash: leafOf(record), position: record.position, event: record.id })),
      );
      onProgress((end?.size ?? 0) + page.length);
    }
  }

  private checkpointAt(end: TreeEnd, last: SignedCheckpoint | undefined, register: string): Checkpoint {
    const subtree = (from: number, to: number): Hash => this.tree.subtree(from, to);
    const before = last?.checkpoint;
    return {
      v: 1,
      register,
      size: end.size,
      root: toHex(this.tree.subtree(0, end.size)),
      lastEvent: end.event,
      lastPosition: String(end.position),
      at: this.clock.now(),
      keyId: this.key.publicKey.id,
      ...(before && {
        previous: {
          size: before.size,
          root: before.root,
          consistency: consistencyProof(before.size, end.size, subtree).map(toHex),
        },
      }),
    };
  }

  private async registerOf(): Promise<string | undefined> {
    const [first] = await this.store.readLog({ limit: 1 });
    const body = first && readBody(first.body);
    return typeof body === 'object' ? body.register : undefined;
  }
}

/**
 * What lies there no more must not be passed over in silence: a seal over the rest would look like one over the whole.
 */
function assertWithoutGaps(page: readonly StoredRecord[], after: bigint): void {
  let last = after;
  for (const { position } of page) {
    if (position !== last + 1n)
      throw new IntegrityError(
        'LOG_NOT_CONTINUED',
        `the log has position ${position} after ${last}: what lay between is missing or cannot be read; run verify`,
      );
    last = position;
  }
}

/**
 * Whether the tree still has the root that a checkpoint vouches for. Recomputed from the leaves: about 1.5 µs an event.
 */
export function treeHas(tree: TreeFile, { size, root }: Checkpoint): boolean {
  return (tree.end()?.size ?? 0) >= size && same(tree.recompute(size), fromHex(root));
}
