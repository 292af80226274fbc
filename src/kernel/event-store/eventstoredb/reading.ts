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
import { type Direction, EventStoreUnavailable, type ReadLogOptions, type ReadStreamOptions } from '../event-store.js';
import { CatchUp } from './catch-up.js';
import type { Connection } from './connection.js';
import { NoEventThere } from './errors.js';
import { type MarkedRecord, toRecord } from './records.js';

const LARGEST_READ = 4096;
/** So many events at the end of the server's log are looked at for the last of ours; beyond that the server looks. */
const NEAR_THE_END = 4096;

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
    await this.consume(read, `read ${this.namespace}${name}`, ({ event }) => {
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
    await this.all(direction, from, limit + 1, (record) => {
      // From a position onwards the server gives that event first.
      if (record && !(direction === 'forwards' && from !== undefined && record.position <= from)) records.push(record);
      return records.length < limit;
    });
    return records;
  }

  /**
   * The position of our last record, looked for backwards from the end of the server's log.
   * @param known what stands up to this position is known, and not looked at
   * @returns undefined when there is none after `known`
   */
  async lastAfter(known: bigint): Promise<bigint | undefined> {
    let last: bigint | undefined;
    let others = 0;
    await this.all('backwards', undefined, 1, (record, position) => {
      if (position <= known) return false;
      last = record?.position;
      return last === undefined && ++others < NEAR_THE_END;
    });
    return others < NEAR_THE_END ? last : this.lastFollowed(known);
  }

  /**
   * As {@link lastAfter}, by a subscription, which the server filters: of others' events, however many, it sends none.
   */
  private async lastFollowed(known: bigint): Promise<bigint | undefined> {
    let last: bigint | undefined;
    let following: CatchUp | undefined;
    let watchdog: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const away = () => reject(new EventStoreUnavailable('EventStoreDB does not answer'));
        const alarm = (watchdog = setTimeout(away, this.silenceMs));
        following = new CatchUp(this.connection, this.namespace, {
          after: known,
          pageSize: LARGEST_READ,
          onPage: async (records) => {
            last = records.at(-1)?.position;
            alarm.refresh();
          },
          onCheckpoint: () => alarm.refresh(),
          onLive: resolve,
          onLost: away,
          onRefused: reject,
          onError: reject,
        });
      });
    } finally {
      clearTimeout(watchdog);
      await following?.stop();
    }
    return last;
  }

  /** Which of our events stands at a position of the log; undefined when none does. */
  async idAt(position: bigint): Promise<string | undefined> {
    let id: string | undefined;
    try {
      await this.consume(this.readAll('forwards', position, 1), 'read $all', ({ event }) => {
        if (event?.position.commit === position && event.streamId.startsWith(this.namespace)) ({ id } = event);
        return false;
      });
    } catch (error) {
      if (!(error instanceof NoEventThere)) throw error;
    }
    return id;
  }

  /**
   * Goes through the server's whole log until `take` says no. In bounded reads, because what a server has begun to send
   * it sends; each
   * larger than the last, because many events of others may lie between ours.
   */
  private async all(
    direction: Direction,
    from: bigint | undefined,
    first: number,
    take: (record: MarkedRecord | undefined, position: bigint) => boolean,
  ): Promise<void> {
    let place = from;
    for (let count = first; ; count = Math.min(count * 4, LARGEST_READ)) {
      let got = 0;
      let wanted = true;
      const start = place;
      await this.consume(this.readAll(direction, place, count), 'read $all', ({ event }) => {
        if (!event) return true;
        got++;
        place = event.position.commit;
        // The second read begins with the event that ended the first.
        if (direction === 'backwards' || start === from || place !== start)
          wanted = take(toRecord(event, this.namespace), place);
        return wanted;
      });
      if (!wanted || got < count) return;
    }
  }

  private readAll(direction: Direction, from: bigint | undefined, count: number) {
    const forwards = direction === 'forwards';
    const atStart = forwards && (from === undefined || from === 0n);
    return this.connection.client.readAll({
      direction: forwards ? FORWARDS : BACKWARDS,
      fromPosition: atStart ? START : from === undefined ? END : { commit: from, prepare: from },
      maxCount: count,
      credentials: this.connection.credentials,
    });
  }

  /** Reads until `take` says no, the end, or too long a silence. A stream that is not there is empty. */
  private async consume<E extends ResolvedEvent | AllStreamResolvedEvent>(
    read: StreamingRead<E>,
    asked: string,
    take: (resolved: E) => boolean,
  ): Promise<void> {
    const watchdog = setTimeout(
      () => read.destroy(new EventStoreUnavailable('EventStoreDB does not answer')),
      this.silenceMs,
    );
    try {
      for await (const resolved of read.iterator({ destroyOnReturn: false }) as AsyncIterable<E>) {
        if (!take(resolved)) break;
        watchdog.refresh();
      }
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw this.connection.failure(error, asked);
    } finally {
      clearTimeout(watchdog);
      // The client keeps hold of a call until it has been read to its end, and waits for that when it is closed; what
      // has not come by then
      // comes no more once the call is cancelled.
      read.on('error', () => undefined).resume();
      read.cancel().catch(() => undefined);
    }
  }
}
