import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many records share one commit at most … */
export const GROUP_RECORDS = 64;
/** … and none waits longer than this for others to come. */
export const GROUP_MS = 4;

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What a durable write costs is the flush to disk, so what comes within a few milliseconds shares one. A caller who is
 * alone waits for nobody: as soon as a turn of the event loop brings nothing more, the group is written.
 */
export class GroupCommit<T, R> {
  private queue: Waiting<T, R>[] = [];
  private writing: Promise<void> | undefined;

  /** @param write makes a group durable, and answers for each in order; what it throws is everybody's answer */
  constructor(private readonly write: (items: readonly T[]) => Promise<readonly R[]>) {}

  /** Resolves when the item is durable. */
  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.queue.push({ item, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.queue.length > 0) {
      await this.gather();
      const group = this.queue.splice(0, GROUP_RECORDS);
      try {
        const results = await this.write(group.map(({ item }) => item));
        group.forEach(({ resolve }, index) => resolve(results[index]!));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.writing = undefined;
  }

  private async gather(): Promise<void> {
    const end = performance.now() + GROUP_MS;
    let before: number;
    do {
      before = this.queue.length;
      await nextTurn();
    } while (this.queue.length > before && this.queue.length < GROUP_RECORDS && performance.now() < end);
  }
}
