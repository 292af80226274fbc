import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  type AllStreamResolvedEvent,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { EventStoreUnavailable, type ReadLogOptions, type ReadStreamOptions } from '../event-store.js';
import type { Connection } from './connection.js';
import { asEventStoreError } from './errors.js';
import { type MarkedRecord, toRecord } from './records.js';

/** Reads streams and the log from the server. All of it may throw EventStoreUnavailable and EventStoreUnusable. */
export class Reading {
  /** @param silenceMs how long the server may say nothing in the middle of an answer */
  constructor(
    private readonly connection: Connection,
    private readonly namespace: string,
    private readonly silenceMs: number,
  ) {}

  async stream(name: string, { direction = 'forwards', from, limit }: ReadStreamOptions): Promise<MarkedRecord[]> {
    if (limit !== undefined && limit <= 0) return [];
    const forwards = direction === 'forwards';
    const read = this.connection.client.readStream(this.namespace + name, {
      direction: forwards ? FORWARDS : BACKWARDS,
      fromRevision: from ?? (forwards ? START : END),
      maxCount: limit,
      credentials: this.connection.credentials,
    });
    const records: MarkedRecord[] = [];
    await this.consume(read, ({ event }) => {
      const record = toRecord(event, this.namespace);
      if (record) records.push(record);
      return true;
    });
    return records;
  }

  /** The client cannot ask the server for our streams only, so events of others are read and left out. */
  async log({ direction = 'forwards', from, limit }: ReadLogOptions): Promise<MarkedRecord[]> {
    const records: MarkedRecord[] = [];
    if (limit <= 0 || (direction === 'backwards' && from === 0n)) return records;
    await this.all(direction, from, (record) => {
      // From a position onwards the server gives that event first.
      if (record && !(direction === 'forwards' && from !== undefined && record.position <= from)) records.push(record);
      return records.length < limit;
    });
    return records;
  }

  /**
   * The position of our last record, looked for backwards from the end of the server's log.
   * @param known nothing of ours stands after this position that is not looked at
   * @returns undefined when there is none after `known`
   */
  async lastAfter(known: bigint): Promise<bigint | undefined> {
    let last: bigint | undefined;
    await this.all('backwards', undefined, (record, position) => {
      if (position <= known) return false;
      last = record?.position;
      return last === undefined;
    });
    return last;
  }

  private async all(direction: 'forwards' | 'backwards', from: bigint | undefined, take: (record: MarkedRecord | undefined, position: bigint) => boolean) {
    const forwards = direction === 'forwards';
    const place = from !== undefined && (from > 0n || !forwards) ? { commit: from, prepare: from } : forwards ? START : END;
    const read = this.connection.client.readAll({
      direction: forwards ? FORWARDS : BACKWARDS,
      fromPosition: place,
      credentials: this.connection.credentials,
    });
    await this.consume(read, ({ event }) => !event || take(toRecord(event, this.namespace), event.position.commit));
  }

  /** Reads until `take` says no, the end, or too long a silence. A stream that is not there is empty. */
  private async consume<E extends ResolvedEvent | AllStreamResolvedEvent>(read: StreamingRead<E>, take: (resolved: E) => boolean): Promise<void> {
    const watchdog = setTimeout(() => read.destroy(new EventStoreUnavailable('EventStoreDB does not answer')), this.silenceMs);
    try {
      for await (const resolved of read as AsyncIterable<E>) {
        if (!take(resolved)) break;
        watchdog.refresh();
      }
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw asEventStoreError(error);
    } finally {
      clearTimeout(watchdog);
      // Leaving the loop ends only the client's half; the call to the server goes on until it is cancelled.
      read.cancel().catch(() => undefined);
    }
  }
}
