import type { EventStore } from '../event-store/event-store.js';
import type { Codec } from './codec.js';
import type { RecordedEvent } from './envelope.js';

/** The log read without keys: whoever judges or rebuilds never needs to open anything. */
export class ClosedLog {
  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
  ) {}

  /** As {@link EventLog.readStream}. */
  async readStream(stream: string, { upTo, from, limit }: { readonly upTo?: bigint; readonly from?: bigint; readonly limit?: number } = {}): Promise<RecordedEvent[]> {
    const records = await this.store.readStream(stream, { ...(from === undefined ? {} : { from }), ...(limit === undefined ? {} : { limit }) });
    const wanted = upTo === undefined ? records : records.filter(({ position }) => position <= upTo);
    return wanted.map((record) => this.codec.decode(record));
  }

  /** As {@link EventLog.readLog}. */
  async readLog(after: bigint, limit: number): Promise<RecordedEvent[]> {
    const records = await this.store.readLog({ from: after, limit });
    return records.map((record) => this.codec.decode(record));
  }
}
