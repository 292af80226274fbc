import { LRUCache } from 'lru-cache';
import type { Append, AppendResult, EventStore } from '../event-store/event-store.js';
import type { ClosedLog } from './closed-log.js';
import type { Codec } from './codec.js';
import type { RecordedEvent } from './envelope.js';

/**
 * Streams as they were read last. What is in a stream never changes, so each time only the stream's end is asked for,
 * and what came since.
 * For a server, which reads the same units, policies, people and episodes again with every step; what is sealed stays
 * sealed in it.
 */
export class RememberedStreams {
  private readonly streams: LRUCache<string, readonly RecordedEvent[]>;

  /** @param maxEvents how many events are kept, of all streams together */
  constructor(
    private readonly store: Pick<EventStore, 'streamHead'>,
    private readonly log: Pick<ClosedLog, 'readStream'>,
    private readonly codec: Pick<Codec, 'decode'>,
    maxEvents: number,
  ) {
    this.streams = new LRUCache({ maxSize: maxEvents, sizeCalculation: (events) => events.length });
  }

  has(stream: string): boolean {
    return this.streams.has(stream);
  }

  /** The whole stream, oldest first. @throws UnreadableEvent, EventStoreError */
  async read(stream: string): Promise<readonly RecordedEvent[]> {
    const head = await this.store.streamHead(stream);
    if (!head) return [];
    const kept = this.streams.get(stream) ?? [];
    const last = kept.at(-1);
    if (last?.revision === head.revision) return kept;
    const later = await this.log.readStream(stream, last ? { from: last.revision + 1n } : {});
    const events = [...kept, ...later];
    this.streams.set(stream, events);
    return events;
  }

  /** Something was appended: where the stream is kept up to there, it need not be read again. */
  appended({ stream, records }: Append, { revision, position }: AppendResult): void {
    const [record] = records;
    const kept = this.streams.get(stream);
    // Of several records only the last one's position is told.
    if (!record || records.length > 1 || kept?.at(-1)?.revision !== revision - 1n) return;
    this.streams.set(stream, [...kept, this.codec.decode({ ...record, stream, revision, position })]);
  }
}
