import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Append, type AppendResult, EventStoreError } from '../event-store.js';
import { asEventStoreError, whenNotBusy } from './sqlite-access.js';
import type { SqliteLog } from './sqlite-log.js';

/** So many records share one transaction at most, which bounds how long a flush keeps the event loop. */
const GROUP_RECORDS = 5000;

interface Waiting {
  readonly append: Append;
  readonly resolve: (answer: AppendResult | EventStoreError) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what a durable write costs is the flush to disk, so appends that arrive in one turn of the event loop,
 * or while a group is waiting for the file's lock or being written, share one transaction and one flush.
 */
export class GroupWriter {
  private queue: Waiting[] = [];
  private writing: Promise<void> | undefined;

  /**
   * @param busyLimitMs how long a group waits for the file's lock
   * @param assertFileThere throws when what is written would go to a file that is gone; asked before a group is written, and
   * again before it is acknowledged
   * @param onWritten called after each group that was committed
   */
  constructor(
    private readonly log: SqliteLog,
    private readonly busyLimitMs: number,
    private readonly assertFileThere: () => void,
    private readonly onWritten: () => void,
  ) {}

  /** Resolves with the answer when it is durable, or with the error for which nothing of it was written. */
  enqueue(append: Append): Promise<AppendResult | EventStoreError> {
    return new Promise((resolve, reject) => {
      this.queue.push({ append, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.queue.length > 0) {
      await nextTurn();
      await this.writeGroup();
    }
    this.writing = undefined;
  }

  private async writeGroup(): Promise<void> {
    let group: Waiting[] = [];
    try {
      await whenNotBusy(this.busyLimitMs, () => {
        this.assertFileThere();
        this.log.begin();
      });
      group = this.takeGroup();
      const answers = this.log.writeGroup(group.map(({ append }) => append));
      this.assertFileThere();
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
      this.onWritten();
    } catch (error) {
      // Without the lock no group was taken yet: then everybody who waits has waited too long.
      const failed = group.length > 0 ? group : this.queue.splice(0);
      const answer = asEventStoreError(error);
      for (const { resolve, reject } of failed) {
        if (answer instanceof EventStoreError) resolve(answer);
        else reject(answer);
      }
    }
  }

  private takeGroup(): Waiting[] {
    let records = 0;
    const end = this.queue.findIndex(({ append }) => (records += append.records.length) > GROUP_RECORDS);
    return this.queue.splice(0, end < 0 ? this.queue.length : Math.max(1, end));
  }
}
