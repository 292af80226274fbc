import {
  type Append,
  type AppendResult,
  type EventStore,
  EventStoreError,
  type ReadLogOptions,
  type ReadStreamOptions,
  type RecordPlace,
  type StoredRecord,
  type StreamHead,
  type StreamTexts,
  type Watch,
} from '../event-store/event-store.js';
import type { Metrics } from './metrics.js';

/** An event store that tells how long appends take and which are refused. */
export class ObservedEventStore implements EventStore {
  readonly checksChain: boolean;
  readonly readTexts?: (stream: string, upTo: bigint) => Promise<StreamTexts | undefined>;

  constructor(
    private readonly store: EventStore,
    private readonly metrics: Pick<Metrics, 'appendDone' | 'appendRefused'>,
  ) {
    this.checksChain = store.checksChain ?? false;
    if (store.readTexts) this.readTexts = store.readTexts.bind(store);
  }

  get name(): string {
    return this.store.name;
  }

  get gapless(): boolean {
    return this.store.gapless;
  }

  async appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]> {
    const started = performance.now();
    const answers = await this.store.appendAll(appends);
    let events = 0;
    answers.forEach((answer, at) => {
      if (answer instanceof EventStoreError) this.metrics.appendRefused(answer.code);
      else if (!answer.already) events += appends[at]?.records.length ?? 0;
    });
    this.metrics.appendDone((performance.now() - started) / 1000, events);
    return answers;
  }

  latestSeen(): string | undefined {
    return this.store.latestSeen?.();
  }

  streamHead(stream: string): Promise<StreamHead | undefined> {
    return this.store.streamHead(stream);
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredRecord[]> {
    return this.store.readStream(stream, options);
  }

  readLog(options: ReadLogOptions): Promise<StoredRecord[]> {
    return this.store.readLog(options);
  }

  find(ids: readonly string[]): Promise<Map<string, RecordPlace>> {
    return this.store.find(ids);
  }

  head(): Promise<bigint> {
    return this.store.head();
  }

  count(upTo?: bigint): Promise<number> {
    return this.store.count(upTo);
  }

  watch(onGrown: () => void): Watch {
    return this.store.watch(onGrown);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
