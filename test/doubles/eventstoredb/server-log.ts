/** What the double keeps: the streams and the log of an EventStoreDB, with its rules for expected revisions and repeated ids. */
import { randomUUID } from 'node:crypto';
import { hiddenBefore, jsonObject, LAST_REVISION, type StreamMetadata, withTruncation } from './stream-metadata.js';

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

interface Stream {
  /** The last of its events, without gaps; a scavenge takes from the beginning. */
  events: ServerEvent[];
  tombstoned: boolean;
}

const NOTHING = new Uint8Array();

export class ServerLog {
  readonly events: ServerEvent[] = [];
  /** Changes when events were taken out of the log, so that places in it are others. */
  generation = 0;
  private readonly streams = new Map<string, Stream>();
  private readonly lastWithId = new Map<string, ServerEvent>();
  private readonly scavenged = new Set<bigint>();
  private readonly listeners = new Set<() => void>();
  private nextPosition = 1_000n;

  constructor(readonly maxAppendBytes = 1_048_576) {}

  append(name: string, expected: Expected, proposed: readonly ProposedEvent[]): AppendOutcome {
    const stream = this.streams.get(name);
    if (stream?.tombstoned) return { kind: 'deleted' };
    if (proposed.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0) > this.maxAppendBytes)
      return { kind: 'tooLarge' };
    const verdict = this.check(name, expected, proposed);
    if (verdict === 'wrong') return { kind: 'wrong', actual: this.revisionOf(name) };
    if (verdict !== 'write') return { kind: 'written', revision: verdict.revision, position: verdict.position };
    if (proposed.length === 0) return { kind: 'written', revision: 0n, position: this.nextPosition };
    if (this.isHidden(name)) this.truncate(name, this.revisionOf(name)! + 1n);
    const last = proposed.map((event) => this.store(name, event)).at(-1)!;
    this.changed();
    return { kind: 'written', revision: last.revision, position: last.position };
  }

  /** Adds so many events of others, of which nothing is of interest. */
  addOthers(count: number, stream = 'others'): void {
    const data = Buffer.from('{}');
    for (let i = 0; i < count; i++)
      this.store(stream, {
        id: randomUUID(),
        type: 'Foreign',
        contentType: 'application/json',
        data,
        metadata: NOTHING,
      });
    this.changed();
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
          id: randomUUID(),
          type: '$streamDeleted',
          contentType: 'application/octet-stream',
          data: NOTHING,
          metadata: NOTHING,
        },
        name,
        LAST_REVISION,
      );
    } else {
      this.truncate(name, LAST_REVISION);
    }
    this.changed();
    return { position: this.events.at(-1)!.position };
  }

  /** The events of a stream that can be seen; undefined when there is none such, 'deleted' under a tombstone. */
  visible(name: string): readonly ServerEvent[] | 'deleted' | undefined {
    const stream = this.streams.get(name);
    if (!stream) return undefined;
    if (stream.tombstoned) return 'deleted';
    if (this.isHidden(name)) return undefined;
    return this.kept(name, stream.events);
  }

  /** What a stream's metadata says now. */
  metadataOf(name: string): StreamMetadata {
    return jsonObject(this.lastOf(`$$${name}`)?.data);
  }

  lastOf(name: string): ServerEvent | undefined {
    return this.streams.get(name)?.events.at(-1);
  }

  /**
   * Takes out of the log for good what can be seen no more. Of every stream the last event stays, and of a tombstoned one the tombstone. A real
   * server leaves out the part that it still writes to; here nothing is left out.
   */
  scavenge(): void {
    const gone = new Set<ServerEvent>();
    for (const [name, stream] of this.streams) {
      const kept = new Set(stream.tombstoned || this.isHidden(name) ? [] : this.kept(name, stream.events));
      if (!stream.tombstoned) kept.add(stream.events.at(-1)!);
      for (const event of stream.events) if (!kept.has(event)) gone.add(event);
      stream.events = stream.events.filter((event) => kept.has(event));
    }
    for (const { position } of gone) this.scavenged.add(position);
    const left = this.events.filter((event) => !gone.has(event));
    this.events.length = 0;
    for (const event of left) this.events.push(event);
    this.generation++;
  }

  /** The place in the log of the event that stands at a position, or of the next when that one was scavenged; undefined where none ever stood. */
  indexAt(position: bigint): number | undefined {
    const index = this.firstFrom(position);
    return this.events[index]?.position === position || this.scavenged.has(position) ? index : undefined;
  }

  /** The place of the first event that stands at a position or after it. */
  firstFrom(position: bigint): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Deleted, so that it is as if it were not there until somebody writes to it again. */
  private isHidden(name: string): boolean {
    return hiddenBefore(this.metadataOf(name)) === LAST_REVISION;
  }

  private kept(name: string, events: readonly ServerEvent[]): readonly ServerEvent[] {
    // Of a stream of metadata only the last counts.
    if (name.startsWith('$$')) return events.slice(-1);
    const metadata = this.metadataOf(name);
    const { $maxCount, $maxAge } = metadata;
    const from = hiddenBefore(metadata);
    const since = $maxAge === undefined ? 0n : BigInt(Date.now() - $maxAge * 1000) * 10_000n;
    const seen = events.filter((event) => event.revision >= from && event.created >= since);
    return $maxCount === undefined ? seen : seen.slice(-$maxCount);
  }

  private truncate(name: string, before: bigint): void {
    const data = withTruncation(this.metadataOf(name), before);
    this.store(`$$${name}`, {
      id: randomUUID(),
      type: '$metadata',
      contentType: 'application/json',
      data,
      metadata: NOTHING,
    });
  }

  /** EventStoreDB's own rules, as its index writer has them: ids are compared only where the expected revision does not hold. */
  private check(name: string, expected: Expected, proposed: readonly ProposedEvent[]): 'write' | 'wrong' | ServerEvent {
    const actual = this.revisionOf(name);
    if (expected === 'stream_exists' && actual === undefined) return 'wrong';
    if (expected === 'any' || expected === 'stream_exists')
      return this.sameIds(name, proposed, (event) => this.lastWithId.get(event.id));
    const before = expected === 'no_stream' ? -1n : expected;
    if (before === (actual ?? -1n) || (expected === 'no_stream' && this.isHidden(name))) return 'write';
    if (before > (actual ?? -1n)) return 'wrong';
    const { events } = this.streams.get(name)!;
    const first = events[0]!.revision;
    const again = this.sameIds(name, proposed, (_, index) => events[Number(before - first) + 1 + index]);
    return again === 'write' ? 'wrong' : again;
  }

  /** 'write' when already the first is new; 'wrong' when a later one is; the last one's first writing when all stand there. */
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
    const stream = this.streams.get(name) ?? { events: [], tombstoned: false };
    this.streams.set(name, stream);
    const event = this.log(proposed, name, (stream.events.at(-1)?.revision ?? -1n) + 1n);
    stream.events.push(event);
    this.lastWithId.set(event.id, event);
    return event;
  }

  private log(proposed: ProposedEvent, stream: string, revision: bigint): ServerEvent {
    const event = { ...proposed, stream, revision, position: this.nextPosition, created: BigInt(Date.now()) * 10_000n };
    // As in a file of records of some hundred bytes: positions rise, and are not consecutive.
    this.nextPosition += BigInt(proposed.data.length + proposed.metadata.length + 150);
    this.events.push(event);
    return event;
  }

  private revisionOf(name: string): bigint | undefined {
    return this.lastOf(name)?.revision;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
