import { registerOf } from '../event-sourcing/register-of.js';
import type { EventStore, StoredRecord } from '../event-store/event-store.js';
import type { Clock } from '../time/clock.js';
import {
  type Checkpoint,
  type SignedCheckpoint,
  fromHex,
  originIn,
  originOf,
  signCheckpoint,
  toHex,
} from './checkpoint.js';
import type { NoteForm } from './checkpoint-text.js';
import { assertContinued } from './continued.js';
import { followLog } from './follow-log.js';
import { assertHeadStands } from './head-check.js';
import type { HeadStore, KeptHead, Lease } from './head-store.js';
import { IntegrityError } from './integrity-error.js';
import { leafOf } from './leaf.js';
import { type Hash, consistencyProof, inclusionProof, same } from './merkle.js';
import { bringUp } from './shared-seals.js';
import type { SigningKey } from './signing-key.js';
import type { TreeEnd, TreeFile } from './tree-file.js';

/** The proof that one event stands in the log that a checkpoint vouches for. */
export interface Inclusion {
  /** The event's place in log order, from 0. */
  readonly index: number;
  readonly proof: readonly Hash[];
}

/** Of a notary: what lies with its key, and how it comes to sign. */
export interface NotaryDesk {
  readonly heads: HeadStore;
  /** What it is called among those who may sign. */
  readonly holder: string;
  /** `IF_FREE`: it signs while nobody else does, and goes on; `AT_ONCE`: for the single act that somebody asks for. */
  readonly taking: 'IF_FREE' | 'AT_ONCE';
  /** What is vouched for besides the log, as a hash in hex; asked before each signature. */
  readonly besides?: (register: string) => Promise<string | undefined>;
}

/** The right to sign is held this long at a time, which is how long a register stays without a notary when its own is killed. */
export const LEASE_MS = 15_000;
/** So often another process may have signed first before that is told. */
const ATTEMPTS = 5;

/** Follows the log with a Merkle tree and vouches for it by signed checkpoints, each a continuation of the one before. */
export class Notary {
  constructor(
    private readonly store: EventStore,
    private readonly tree: TreeFile,
    private readonly key: SigningKey,
    private readonly clock: Clock,
    private readonly desk: NotaryDesk,
  ) {}

  lastCheckpoint(): SignedCheckpoint | undefined {
    return this.tree.last();
  }

  checkpoints(): SignedCheckpoint[] {
    return this.tree.checkpoints();
  }

  /** Takes the right to sign, or holds on to it. @returns false while another process has it @throws IntegrityError HEAD_UNUSABLE */
  async holdsOffice(): Promise<boolean> {
    return (await this.takeLease()) !== undefined;
  }

  /** Leaves the right to sign to whoever wants it. */
  async leaveOffice(): Promise<void> {
    const lease = await this.desk.heads.lease();
    if (lease?.holder === this.desk.holder) await this.desk.heads.release(lease);
  }

  /**
   * Takes in what came since, and signs. When nothing came, the answer is the last checkpoint. What was signed last is verified first, and
   * put forward in one step before the signature is given away.
   * @param onProgress called with the number of events in the tree so far
   * @param again signs what was signed last once more, for a log in another store; the answer is then never an old one
   * @returns undefined while the log is empty
   * @throws IntegrityError LOG_NOT_CONTINUED when the log does not go on where the tree ends; NOT_THE_NOTARY while another process signs; what
   * {@link assertHeadStands} throws
   */
  async seal(
    onProgress: (events: number) => void = () => undefined,
    { again = false }: { readonly again?: boolean } = {},
  ): Promise<SignedCheckpoint | undefined> {
    const lease = await this.takeLease();
    if (!lease) throw new IntegrityError('NOT_THE_NOTARY', 'another process of this register signs now');
    try {
      await this.assertContinued();
      const reachable = await this.store.head();
      await followLog(this.tree, this.store, { onProgress });
      const reached = this.tree.end()?.position ?? 0n;
      if (reached < reachable)
        throw new IntegrityError(
          'LOG_NOT_CONTINUED',
          `the log goes up to position ${reachable}, but what comes after ${reached} cannot be read: run verify`,
        );
      const register = await registerOf(this.store);
      return register === undefined ? undefined : await this.sign(register, again);
    } finally {
      if (this.desk.taking === 'AT_ONCE') await this.leaveOffice();
    }
  }

  /** @throws IntegrityError LOG_NOT_CONTINUED when the log does not go on where the tree ends, SEALS_INCONSISTENT, EventStoreError */
  assertContinued(): Promise<void> {
    return assertContinued(this.tree, this.store);
  }

  /** The proof that the first so many events are a beginning of the first so many more. */
  consistency(older: number, newer: number): Hash[] {
    return consistencyProof(older, newer, (from, to) => this.tree.subtree(from, to));
  }

  /** The proof that an event is under a checkpoint. @throws IntegrityError LOG_NOT_CONTINUED when it is not the one that was sealed */
  inclusion(record: StoredRecord, { size }: Checkpoint): Inclusion {
    const index = this.tree.indexOf(record.position, leafOf(record));
    if (index === undefined || index >= size)
      throw new IntegrityError(
        'LOG_NOT_CONTINUED',
        `the event at position ${record.position} is not the one that was sealed: run verify`,
      );
    return { index, proof: inclusionProof(index, size, (from, to) => this.tree.subtree(from, to)) };
  }

  private async sign(register: string, again: boolean): Promise<SignedCheckpoint | undefined> {
    const access = await this.desk.besides?.(register);
    for (let attempt = 1; ; attempt++) {
      const head = await this.verifiedHead(again);
      const end = this.tree.end();
      if (!end) return undefined;
      const before = head?.signed.checkpoint;
      if (before && before.size === end.size && !again) return head.signed;
      const signed = signCheckpoint(
        { ...this.checkpointAt(end, before, register), ...(access && { access }) },
        this.key,
      );
      const kept: KeptHead = { signed, ...keptBefore(head, end.size), signedHere: true };
      // The reading of a long log may have taken longer than the right to sign was good for.
      const lease = await this.takeLease();
      const advanced = lease ? await this.desk.heads.advance(lease, head, kept) : 'LEASE_LOST';
      if (advanced === 'ADVANCED') {
        this.tree.keep(signed);
        return signed;
      }
      if (attempt === ATTEMPTS || (advanced === 'LEASE_LOST' && this.desk.taking === 'IF_FREE')) throw overtaken();
    }
  }

  /** What was signed last, verified, with the seals brought up to it: they are written after it, and a crash in between leaves them one behind. */
  private async verifiedHead(again: boolean): Promise<KeptHead | undefined> {
    const head = await this.desk.heads.head();
    await bringUp(this.tree, this.store, this.desk.heads, this.key.publicKey);
    const last = this.tree.last();
    if (!head && last)
      throw new IntegrityError(
        'HEAD_MISSING',
        'there are seals, but nothing is kept beside the signing key of what was signed last',
      );
    if (!head || again) return head;
    assertHeadStands(head, this.tree, this.key.publicKey);
    if (last && last.checkpoint.size > head.signed.checkpoint.size) return this.putForward(head, last);
    this.tree.keep(head.signed);
    return head;
  }

  /** Seals that go beyond the head come from a backup, which copies the head first. */
  private async putForward(head: KeptHead, last: SignedCheckpoint): Promise<KeptHead> {
    const further: KeptHead = { signed: last, before: head.signed.checkpoint.size };
    assertHeadStands(further, this.tree, this.key.publicKey);
    const lease = await this.takeLease();
    if (!lease || (await this.desk.heads.advance(lease, head, further)) !== 'ADVANCED') throw overtaken();
    return further;
  }

  private takeLease(): Promise<Lease | undefined> {
    const { heads, holder, taking } = this.desk;
    return heads.takeLease(holder, LEASE_MS, taking);
  }

  private checkpointAt(end: TreeEnd, before: Checkpoint | undefined, register: string): NoteForm {
    return {
      v: 2,
      origin: before ? originIn(before) : originOf(register),
      register,
      size: end.size,
      root: toHex(this.tree.subtree(0, end.size)),
      lastEvent: end.event,
      lastPosition: String(end.position),
      at: this.clock.now(),
      keyId: this.key.publicKey.id,
    };
  }
}

function overtaken(): IntegrityError {
  return new IntegrityError(
    'NOT_THE_NOTARY',
    'another process of this register signed meanwhile: nothing of this one was given away',
  );
}

/** The size of the checkpoint before one that is to be signed; one that is signed again keeps its own. */
function keptBefore(head: KeptHead | undefined, size: number): { readonly before?: number } {
  const last = head?.signed.checkpoint.size;
  const before = last === size ? head?.before : last;
  return before === undefined ? {} : { before };
}

/** Whether the tree still has the root that a checkpoint vouches for. Recomputed from the leaves: about 1.5 µs an event. */
export function treeHas(tree: TreeFile, { size, root }: Checkpoint): boolean {
  return (tree.end()?.size ?? 0) >= size && same(tree.recompute(size), fromHex(root));
}
