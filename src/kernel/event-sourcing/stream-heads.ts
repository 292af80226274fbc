import { LRUCache } from 'lru-cache';
import type { EventStore } from '../event-store/event-store.js';
import { CHAIN_START } from '../integrity/chain.js';

/** The last event of a stream, as far as the next one is chained to it. */
export interface Head {
  readonly revision: bigint;
  readonly hash: Uint8Array;
}

/**
 * Where streams stand, remembered within a bound, and whose turn it is on them. A remembered head was confirmed by the
 * store, so revision and hash always belong together; when another process has written since, the store refuses the
 * next append and it is asked again.
 */
export class StreamHeads {
  private readonly heads: LRUCache<string, Head>;
  private readonly turns = new Map<string, Promise<void>>();

  /**
   * @param bound how many streams are remembered
   * @param onTime told of the time at which a stream stands that was asked for: nothing may be put behind it with an
   * earlier one
   */
  constructor(
    private readonly store: EventStore,
    bound: number,
    private readonly onTime: (recordedAt: string) => void,
  ) {
    this.heads = new LRUCache({ max: bound });
  }

  /** Lets one after the other write on the streams; whoever asked first on one has asked first on all. */
  async inTurn<T>(streams: Iterable<string>, work: () => Promise<T>): Promise<T> {
    const { promise: mine, resolve: done } = withResolvers();
    const before: Promise<void>[] = [];
    const taken = [...streams];
    for (const stream of taken) {
      const other = this.turns.get(stream);
      if (other) before.push(other);
      this.turns.set(stream, mine);
    }
    if (before.length > 0) await Promise.all(before);
    try {
      return await work();
    } finally {
      for (const stream of taken) if (this.turns.get(stream) === mine) this.turns.delete(stream);
      done();
    }
  }

  known(stream: string): Head | undefined {
    return this.heads.get(stream);
  }

  /** Asks the store where a stream stands. */
  async fetch(stream: string): Promise<Head | undefined> {
    const head = await this.store.streamHead(stream);
    if (!head) {
      this.heads.delete(stream);
      return undefined;
    }
    this.onTime(head.recordedAt);
    this.set(stream, { revision: head.revision, hash: head.hash });
    return this.heads.get(stream);
  }

  set(stream: string, head: Head): void {
    this.heads.set(stream, head);
  }

  forget(stream: string): void {
    this.heads.delete(stream);
  }
}

/** What the next event of a stream is chained to. */
export function after(head: Head | undefined): { readonly revision: bigint; readonly previous: Uint8Array } {
  return head ? { revision: head.revision + 1n, previous: head.hash } : { revision: 0n, previous: CHAIN_START };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
