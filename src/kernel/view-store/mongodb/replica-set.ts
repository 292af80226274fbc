import { setTimeout as delay } from 'node:timers/promises';
import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { onlyDuplicates } from '../../mongodb/failures.js';
import { checkMove } from '../checkpoint.js';
import { CheckpointMoved, ViewStoreUnavailable, type Checkpoint } from '../view-store.js';
import type { Deployment, Sight } from './deployment.js';
import { isEndedTransaction } from './failures.js';
import { carryOut, type How, type Page } from './page.js';
import { checkpointFields, checkpointOf, standsAt, type VersionDocument } from './version-document.js';

/**
 * Longer than a server lets the transaction of a client live that was killed in the middle of it: 60 s, unless somebody
 * has set it otherwise.
 */
const PATIENCE_MS = 75_000;
const LONGEST_PAUSE_MS = 1_000;

/** A replica set or a sharded cluster: one transaction a page, and sessions that read one moment. */
export class ReplicaSetDeployment implements Deployment {
  constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
    private readonly versions: Collection<VersionDocument>,
    private readonly id: string,
    private readonly projection: string,
  ) {}

  async write(page: Page, expected: Checkpoint | undefined, next: Checkpoint, how: How): Promise<void> {
    try {
      await this.transact(page, expected, next, how);
    } catch (error) {
      // A taken key ends the transaction, so the page is written anew in the way that takes it.
      if (how === 'replace' || !onlyDuplicates(error)) throw error;
      await this.transact(page, expected, next, 'replace');
    }
  }

  private async transact(page: Page, expected: Checkpoint | undefined, next: Checkpoint, how: How): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.client.withSession((session) => this.once(session, page, expected, next, how));
      } catch (error) {
        // The server ended the transaction, so nothing of it was written: another runner is or was in the way, or a new
        // primary was elected.
        if (!isEndedTransaction(error) || performance.now() > deadline) throw error;
        await delay(Math.random() * pause);
      }
    }
  }

  private async once(
    session: ClientSession,
    page: Page,
    expected: Checkpoint | undefined,
    next: Checkpoint,
    how: How,
  ): Promise<void> {
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    try {
      // First of all: two runners meet here, and the later one finds another checkpoint when it tries again.
      const moved = await this.versions.findOneAndUpdate(
        standsAt(this.id, expected),
        { $set: checkpointFields(next), $inc: { seq: 1n } },
        { session, returnDocument: 'after', useBigInt64: true },
      );
      if (!moved) throw await this.refusal(expected, next);
      checkMove(this.projection, expected, expected, next);
      await carryOut(this.db, page, moved.seq, how, session);
      await session.commitTransaction();
    } catch (error) {
      // Where the connection broke the server ends the transaction by itself; the first error is the one that matters.
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      throw error;
    }
  }

  private async refusal(expected: Checkpoint | undefined, next: Checkpoint): Promise<Error> {
    const document = await this.versions.findOne({ _id: this.id }, { useBigInt64: true });
    if (!document) return new ViewStoreUnavailable(`${this.id} was dropped`);
    checkMove(this.projection, checkpointOf(document), expected, next);
    return new CheckpointMoved(this.projection, checkpointOf(document));
  }

  look<T>(read: (sight: Sight) => Promise<T>): Promise<T> {
    return this.client.withSession({ snapshot: true }, async (session) => {
      // The first read fixes the moment for all that follow.
      const document = await this.versions.findOne({ _id: this.id }, { session, useBigInt64: true });
      if (!document) throw new ViewStoreUnavailable(`${this.id} was dropped`);
      return read({ document, session, hidden: (document.abandoned ?? []).map((one) => one.seq) });
    });
  }
}
