import type { EventStore } from '../event-store/event-store.js';
import type { Codec } from './codec.js';
import type { LoggedEntry, RecordedEvent } from './envelope.js';
import type { LogPage } from './event-log.js';
import { registerOf } from './register-of.js';
import { UnreadableEvent } from './unreadable-event.js';

/** The log read without keys: whoever judges or rebuilds never needs to open anything. */
export class ClosedLog {
  constructor(
    private readonly store: Pick<EventStore, 'readStream' | 'readLog' | 'readTexts'>,
    private readonly codec: Codec,
  ) {}

  /** As {@link EventLog.readStream}. */
  async readStream(
    stream: string,
    { upTo, from, limit }: { readonly upTo?: bigint; readonly from?: bigint; readonly limit?: number } = {},
  ): Promise<RecordedEvent[]> {
    const records = await this.store.readStream(stream, {
      ...(from === undefined ? {} : { from }),
      ...(limit === undefined ? {} : { limit }),
    });
    const wanted = upTo === undefined ? records : records.filter(({ position }) => position <= upTo);
    return wanted.map((record) => this.codec.decode(record));
  }

  /** As {@link EventLog.readEntries}. */
  async readEntries(stream: string, upTo: bigint): Promise<readonly LoggedEntry[]> {
    const texts = await this.store.readTexts?.(stream, upTo);
    return (texts && this.codec.decodeEntries(stream, texts)) ?? this.readStream(stream, { upTo });
  }

  /** As {@link EventLog.register}: its first event says it, so of an empty log nobody can tell. */
  register(): Promise<string | undefined> {
    return registerOf(this.store);
  }

  /** As {@link EventLog.readPage}. */
  async readPage(after: bigint, limit: number): Promise<LogPage> {
    const records = await this.store.readLog({ from: after, limit });
    const events: RecordedEvent[] = [];
    const unreadable: LogPage['unreadable'][number][] = [];
    for (const record of records) {
      try {
        events.push(this.codec.decode(record));
      } catch (error) {
        if (!(error instanceof UnreadableEvent)) throw error;
        const { type, stream, position, recordedAt } = record;
        unreadable.push({ type, stream, position, recordedAt, error: error.message });
      }
    }
    const last = records.at(-1);
    return {
      count: records.length,
      events,
      unreadable,
      ...(last ? { last: { position: last.position, recordedAt: last.recordedAt } } : {}),
    };
  }
}
