import { setTimeout as delay } from 'node:timers/promises';
import type { Collection, Db, Filter } from 'mongodb';
import { checkMove } from '../checkpoint.js';
import { ViewStoreUnavailable, type Checkpoint } from '../view-store.js';
import type { Deployment, Sight } from './deployment.js';
import { carryOut, type How, type Page } from './page.js';
import type { RedoLog } from './redo-log.js';
import {
  checkpointFields,
  checkpointOf,
  standsAt,
  type PendingPage,
  type VersionDocument,
} from './version-document.js';

/**
 * How long a page may stay unfinished before somebody else finishes it: its runner has vanished, or is very slow, which
 * does no harm.
 */
const PATIENCE_MS = 2_000;
/** How long a reader tries to see one moment while others write on and on. */
const READ_PATIENCE_MS = 30_000;

/**
 * A server by itself, without transactions. A page is
 *  1. written down in the redo log,
 *  2. claimed in the version's document, if the checkpoint is still the expected one: from here on it counts,
 *  3. carried out, row by row, each guarded by the number of the write,
 *  4. closed: the same document gets the new checkpoint.
 * A crash before 2 leaves nothing that counts. After it, whoever comes next, reader or writer, takes the claim over
 * under a new number and carries the page out again. Rows that the vanished runner may still write carry the old number
 * and never count. Readers wait while a page is claimed, and read again when one was meanwhile.
 */
export class StandaloneDeployment implements Deployment {
  /** Writes of this process that are under way: nobody takes over from himself. */
  private readonly own = new Set<bigint>();

  constructor(
    private readonly db: Db,
    private readonly versions: Collection<VersionDocument>,
    private readonly log: RedoLog,
    private readonly id: string,
    private readonly projection: string,
  ) {}

  async write(page: Page, expected: Checkpoint | undefined, next: Checkpoint, how: How): Promise<void> {
    const before = await this.settled();
    checkMove(this.projection, checkpointOf(before), expected, next);
    const name = await this.log.record(page);
    const pending: PendingPage = { ...checkpointFields(next), seq: before.seq + 1n, page: name };
    const claim: Filter<VersionDocument> = { ...standsAt(this.id, expected), seq: before.seq, pending: null };
    this.own.add(pending.seq);
    try {
      const { matchedCount } = await this.versions.updateOne(claim, { $set: { pending, seq: pending.seq } });
      if (matchedCount === 0) {
        await this.log.forget(name);
        return await this.write(page, expected, next, how);
      }
      await this.finish(pending, page, how);
    } finally {
      this.own.delete(pending.seq);
    }
    // Where another process took over meanwhile, the page counts but may not be complete before that one is done.
    await this.settled();
  }

  async look<T>(read: (sight: Sight) => Promise<T>): Promise<T> {
    const deadline = performance.now() + READ_PATIENCE_MS;
    while (performance.now() < deadline) {
      const document = await this.settled();
      const sight = { document, hidden: (document.abandoned ?? []).map((one) => one.seq) };
      const outcome = await read(sight).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      const after = await this.current();
      if (after.seq !== document.seq) continue;
      // Only now is what was read, or what failed, known to be of one moment.
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    }
    throw new ViewStoreUnavailable(
      `${this.id} is written too fast to be read at one moment; a replica set can do that`,
    );
  }

  /** The version when no page of it is half written; finishes one whose runner vanished. */
  async settled(): Promise<VersionDocument> {
    let since = performance.now();
    for (let seen: bigint | undefined; ; await delay(5 + Math.random() * 10)) {
      const document = await this.current();
      const { pending } = document;
      if (!pending) return document;
      if (pending.seq !== seen) [seen, since] = [pending.seq, performance.now()];
      if (performance.now() - since > PATIENCE_MS && !this.own.has(pending.seq)) await this.takeOver(document, pending);
    }
  }

  private async takeOver(document: VersionDocument, left: PendingPage): Promise<void> {
    const pending = { ...left, seq: document.seq + 1n };
    const abandoned = [...(document.abandoned ?? []), { seq: left.seq, at: new Date() }];
    this.own.add(pending.seq);
    try {
      const claim = { _id: this.id, seq: document.seq, 'pending.seq': left.seq } as Filter<VersionDocument>;
      const { matchedCount } = await this.versions.updateOne(claim, { $set: { pending, seq: pending.seq, abandoned } });
      if (matchedCount === 1) await this.finish(pending, await this.log.read(left.page), 'replace');
    } finally {
      this.own.delete(pending.seq);
    }
  }

  private async finish(pending: PendingPage, page: Page, how: How): Promise<void> {
    await carryOut(this.db, page, pending.seq, how);
    const { seq, page: name, ...checkpoint } = pending;
    const mine = { _id: this.id, 'pending.seq': seq } as Filter<VersionDocument>;
    const { matchedCount } = await this.versions.updateOne(mine, { $set: checkpoint, $unset: { pending: '' } });
    // Whoever took over reads the page from the log and clears it away.
    if (matchedCount === 1) await this.log.forget(name);
  }

  private async current(): Promise<VersionDocument> {
    const document = await this.versions.findOne({ _id: this.id }, { useBigInt64: true });
    if (!document) throw new ViewStoreUnavailable(`${this.id} was dropped`);
    return document;
  }
}
