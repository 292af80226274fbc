/**
 * What the double keeps: the streams and the log of an EventStoreDB, with its rules for expected revisions and repeated
 * ids.
 */

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface ServerEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** 100-nanosecond ticks since 1970. */
  readonly created: bigint;
}

export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type AppendOutcome =
  | { readonly kind: 'written'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong'; readonly actual: bigint | undefined }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'tooLarge' };

export const MAX_APPEND_BYTES = 1_048_576;
/** The revision of the event that stands for a tombstone, and the truncation that hides a deleted stream whole. */
const LAST_REVISION = 2n ** 63n - 1n;

interface Stream {
  readonly events: ServerEvent[];
  tombstoned: boolean;
  /** Set by a delete: everything before this revision is hidden. */
  hiddenBefore: bigint;
}

export class ServerLog {
  readonly events: ServerEvent[] = [];
  private readonly streams = new Map<string, Stream>();
  private readonly lastWithId = new Map<string, ServerEvent>();
  private readonly indexes = new Map<bigint, number>();
  private readonly listeners = new Set<() => void>();
  private nextPosition = 1_000n;

  append(name: string, expected: Expected, proposed: readonly ProposedEvent[]): AppendOutcome {
    const stream = this.streams.get(name);
    if (stream?.tombstoned) return { kind: 'deleted' };
    if (proposed.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0) > MAX_APPEND_BYTES)
      return { kind: 'tooLarge' };
    const verdict = this.check(name, expected, proposed);
    if (verdict === 'wrong') return { kind: 'wrong', actual: this.revisionOf(name) };
    if (verdict !== 'write') return { kind: 'written', revision: verdict.revision, position: verdict.position };
    if (proposed.length === 0) return { kind: 'written', revision: 0n, position: this.nextPosition };
    const last = proposed.map((event) => this.store(name, event)).at(-1)!;
    this.changed();
    return { kind: 'written', revision: last.revision, position: last.position };
  }

  /** @returns the revision at which it stands when that is not the expected one */
  remove(
    name: string,
    expected: Expected,
    tombstone: boolean,
  ): { position: bigint } | { actual: bigint | undefined } | 'deleted' {
    const stream = this.streams.get(name);
    if (stream?.tombstoned) return 'deleted';
    const actual = this.revisionOf(name);
    const holds = expected === actual || (expected === 'no_stream' && actual === undefined);
    if (typeof expected === 'bigint' ? !holds : actual === undefined) return { actual };
    if (tombstone) {
      stream!.tombstoned = true;
      this.log(
        {
          id: crypto.randomUUID(),
          type: '$streamDeleted',
          contentType: 'application/octet-stream',
          data: new Uint8Array(),
          metadata: new Uint8Array(),
        },
        name,
        LAST_REVISION,
      );
    } else {
      stream!.hiddenBefore = LAST_REVISION;
    }
    this.changed();
    return { position: this.events.at(-1)!.position };
  }

  /** The events of a stream that can be seen; undefined when there is none such, 'deleted' under a tombstone. */
  visible(name: string): readonly ServerEvent[] | 'deleted' | undefined {
    const stream = this.streams.get(name);
    if (!stream) return undefined;
    if (stream.tombstoned) return 'deleted';
    if (stream.hiddenBefore === LAST_REVISION) return undefined;
    const { maxCount, truncateBefore } = this.settings(name);
    const from = truncateBefore > stream.hiddenBefore ? truncateBefore : stream.hiddenBefore;
    const seen = stream.events.filter((event) => event.revision >= from);
    return maxCount === undefined ? seen : seen.slice(-maxCount);
  }

  /** The place in the log of the event that stands at a position; undefined when none does. */
  indexAt(position: bigint): number | undefined {
    return this.indexes.get(position);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * EventStoreDB's own rules, as its index writer has them: ids are compared only where the expected revision does not
   * hold.
   */
  private check(name: string, expected: Expected, proposed: readonly ProposedEvent[]): 'write' | 'wrong' | ServerEvent {
    const actual = this.revisionOf(name);
    const hidden = this.streams.get(name)?.hiddenBefore === LAST_REVISION;
    if (expected === 'stream_exists' && actual === undefined) return 'wrong';
    if (expected === 'any' || expected === 'stream_exists')
      return this.sameIds(name, proposed, (event) => this.lastWithId.get(event.id));
    const before = expected === 'no_stream' ? -1n : expected;
    if (before === (actual ?? -1n) || (hidden && expected === 'no_stream')) return 'write';
    if (before > (actual ?? -1n)) return 'wrong';
    const events = this.streams.get(name)!.events;
    const again = this.sameIds(name, proposed, (_, index) => events[Number(before) + 1 + index]);
    return again === 'write' ? 'wrong' : again;
  }

  /**
   * 'write' when already the first is new; 'wrong' when a later one is; the last one's first writing when all stand
   * there.
   */
  private sameIds(
    name: string,
    proposed: readonly ProposedEvent[],
    standing: (event: ProposedEvent, index: number) => ServerEvent | undefined,
  ) {
    let last: ServerEvent | undefined;
    for (const [index, event] of proposed.entries()) {
      const found = standing(event, index);
      if (found?.id !== event.id || found.stream !== name) return index === 0 ? 'write' : 'wrong';
      last = found;
    }
    return last ?? 'write';
  }

  private store(name: string, proposed: ProposedEvent): ServerEvent {
    const stream = this.streams.get(name) ?? { events: [], tombstoned: false, hiddenBefore: 0n };
    this.streams.set(name, stream);
    const revision = BigInt(stream.events.length);
    if (stream.hiddenBefore === LAST_REVISION) stream.hiddenBefore = revision;
    const event = this.log(proposed, name, revision);
    stream.events.push(event);
    this.lastWithId.set(event.id, event);
    return event;
  }

  private log(proposed: ProposedEvent, stream: string, revision: bigint): ServerEvent {
    const event = { ...proposed, stream, revision, position: this.nextPosition, created: BigInt(Date.now()) * 10_000n };
    // As in a file of records of some hundred bytes: positions rise, and are not consecutive.
    this.nextPosition += BigInt(proposed.data.length + proposed.metadata.length + 150);
    this.indexes.set(event.position, this.events.length);
    this.events.push(event);
    return event;
  }

  private revisionOf(name: string): bigint | undefined {
    return this.streams.get(name)?.events.at(-1)?.revision;
  }

  private settings(name: string): { maxCount?: number; truncateBefore: bigint } {
    const last = this.streams.get(`$$${name}`)?.events.at(-1);
    const json = last ? (JSON.parse(Buffer.from(last.data).toString()) as { $maxCount?: number; $tb?: number }) : {};
    return { maxCount: json.$maxCount, truncateBefore: BigInt(json.$tb ?? 0) };
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
