import { assertWellFormed, decideAppend, timesRise } from '../append-decision.js';
import {
  type Append,
  type AppendResult,
  type EventStore,
  EventStoreError,
  EventStoreUnavailable,
  type ReadLogOptions,
  type ReadStreamOptions,
  type RecordPlace,
  type StoredRecord,
  type StreamHead,
  type Watch,
} from '../event-store.js';
import { Watchers } from '../watchers.js';

/** The log in this process's memory, for tests and previews: the same answers as the others, and gone at the end. */
export class MemoryEventStore implements EventStore {
  readonly name = 'memory';
  readonly gapless = true;
  readonly checksChain = true;

  private readonly log: StoredRecord[] = [];
  private readonly streams = new Map<string, StoredRecord[]>();
  private readonly byId = new Map<string, StoredRecord>();
  private readonly watchers = new Watchers();
  private closed = false;

  async appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    this.assertOpen();
    for (const append of appends) assertWellFormed(append);
    const answers = appends.map((append) => this.appendNow(append));
    this.watchers.tell();
    return answers;
  }

  async streamHead(stream: string): Promise<StreamHead | undefined> {
    this.assertOpen();
    return this.streams.get(stream)?.at(-1);
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<StoredRecord[]> {
    this.assertOpen();
    const records = this.streams.get(stream) ?? [];
    const { from } = options;
    const chosen =
      options.direction === 'backwards'
        ? records.filter((record) => from === undefined || record.revision <= from).reverse()
        : records.filter((record) => from === undefined || record.revision >= from);
    return chosen.slice(0, options.limit);
  }

  async readLog(options: ReadLogOptions): Promise<StoredRecord[]> {
    this.assertOpen();
    const { from, limit } = options;
    if (options.direction === 'backwards') {
      const end = from === undefined ? this.log.length : Math.max(0, Math.min(this.log.length, Number(from) - 1));
      return this.log.slice(Math.max(0, end - limit), end).reverse();
    }
    const start = Number(from ?? 0n);
    return this.log.slice(start, start + limit);
  }

  async find(ids: readonly string[]): Promise<Map<string, RecordPlace>> {
    this.assertOpen();
    const found = new Map<string, RecordPlace>();
    for (const id of ids) {
      const record = this.byId.get(id);
      if (record)
        found.set(id, {
          stream: record.stream,
          revision: record.revision,
          position: record.position,
          type: record.type,
        });
    }
    return found;
  }

  async head(): Promise<bigint> {
    this.assertOpen();
    return BigInt(this.log.length);
  }

  async count(upTo?: bigint): Promise<number> {
    this.assertOpen();
    return upTo === undefined ? this.log.length : Math.min(this.log.length, Number(upTo));
  }

  watch(onGrown: () => void): Watch {
    this.assertOpen();
    return this.watchers.add(onGrown);
  }

  async close(): Promise<void> {
    this.watchers.close();
    this.closed = true;
  }

  private appendNow(append: Append): AppendResult | EventStoreError {
    const stream = this.streams.get(append.stream) ?? [];
    const decision = decideAppend(
      append,
      stream.at(-1)?.revision,
      (id) => this.byId.get(id),
      () => stream.at(-1)?.hash,
    );
    if (decision instanceof EventStoreError) return decision;
    if (decision) return { revision: decision.revision, position: decision.position, already: true };
    const behind = timesRise(append, this.log.at(-1)?.recordedAt);
    if (behind && !append.copied) return behind;

    for (const record of append.records) {
      const stored: StoredRecord = {
        ...record,
        body: Uint8Array.from(record.body),
        hash: Uint8Array.from(record.hash),
        stream: append.stream,
        revision: BigInt(stream.length),
        position: BigInt(this.log.length + 1),
      };
      this.log.push(stored);
      this.byId.set(stored.id, stored);
      stream.push(stored);
    }
    this.streams.set(append.stream, stream);
    const last = stream.at(-1)!;
    return { revision: last.revision, position: last.position, already: false };
  }

  private assertOpen(): void {
    if (this.closed) throw new EventStoreUnavailable('the event store is closed');
  }
}
