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
import {
  type Direction,
  EventStoreRefused,
  EventStoreUnavailable,
  type ReadLogOptions,
  type ReadStreamOptions,
  type StreamFault,
  StreamNotWhole,
} from '../event-store.js';
import { CatchUp } from './catch-up.js';
import type { Connection } from './connection.js';
import { NoEventThere } from './errors.js';
import { Revisions } from './revisions.js';
import { faultOf, jsonOf } from './stream-metadata.js';
import { type MarkedRecord, toRecord } from './records.js';

const LARGEST_READ = 4096;
/** So many events at the end of the server's log are looked at for the last of ours; beyond that the server looks. */
const NEAR_THE_END = 4096;
/** So many events that nobody wants any more are let come, so that their call ends by itself. */
const LONGEST_REST = 64;

/** Reads streams and the log from the server. All of it may throw EventStoreUnavailable and EventStoreUnusable. */
export class Reading {
  /** @param silenceMs how long the server may say nothing in the middle of an answer */
  constructor(
    private readonly connection: Connection,
    private readonly namespace: string,
    private readonly silenceMs: number,
    /** False when it is certain, without asking the server, that a stream that it does not show was never there. */
    private readonly mayBeThere: (stream: string) => boolean,
  ) {}

  /** @throws StreamNotWhole when somebody hid the stream or a part of it */
  async stream(name: string, options: ReadStreamOptions): Promise<MarkedRecord[]> {
    if (options.limit !== undefined && options.limit <= 0) return [];
    const { records, revisions, found } = await this.readEvents(name, options);
    if (!revisions.areWhole(found)) throw new StreamNotWhole((await this.faultOf(name)) ?? 'STREAM_TRUNCATED', name);
    // As good as not there, for the server, is a stream that somebody deleted.
    if (!found && this.mayBeThere(name)) {
      const fault = await this.faultOf(name);
      if (fault) throw new StreamNotWhole(fault, name);
    }
    return records;
  }

  /** A stream's last revision, also when that is somebody else's event, and the last record of ours. */
  async last(name: string): Promise<{ readonly revision: bigint; readonly record?: MarkedRecord } | undefined> {
    for (let limit = 1; ; limit *= 16) {
      const { records, revisions, found } = await this.readEvents(name, { direction: 'backwards', limit });
      const { first, count } = revisions;
      if (first !== undefined && (records.length > 0 || count < limit)) return { revision: first, record: records[0] };
      // Nothing at all: there is no such stream, or it is hidden.
      if (first === undefined || !found) return void (await this.stream(name, { direction: 'backwards', limit: 1 }));
    }
  }

  private async readEvents(name: string, options: ReadStreamOptions) {
    const { direction = 'forwards', from, limit } = options;
    const forwards = direction === 'forwards';
    const read = this.connection.client.readStream(this.namespace + name, {
      direction: forwards ? FORWARDS : BACKWARDS,
      fromRevision: from ?? (forwards ? START : END),
      maxCount: limit,
      credentials: this.connection.credentials,
    });
    const records: MarkedRecord[] = [];
    const revisions = new Revisions(options);
    const found = await this.consume(
      read,
      `read ${this.namespace}${name}`,
      ({ event }) => {
        if (event) revisions.take(event.revision);
        const record = toRecord(event, this.namespace);
        if (record) records.push(record);
        return true;
      },
      name,
    );
    return { records, revisions, found };
  }

  /** What a stream's metadata say; undefined when all of it is to be seen, or when the metadata may not be read. */
  private async faultOf(name: string): Promise<StreamFault | undefined> {
    const stream = `$$${this.namespace}${name}`;
    let fault: StreamFault | undefined;
    const { credentials } = this.connection;
    const read = this.connection.client.readStream(stream, {
      direction: BACKWARDS,
      fromRevision: END,
      maxCount: 1,
      credentials,
    });
    try {
      await this.consume(read, `read ${stream}`, ({ event }) => {
        fault = faultOf(jsonOf(event?.data));
        return true;
      });
    } catch (error) {
      if (!(error instanceof EventStoreRefused)) throw error;
    }
    return fault;
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
   * it sends; each larger than the last, because many events of others may lie between ours.
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

  /**
   * Reads until `take` says no, the end, or too long a silence. A short rest is read and left: a server takes a client
   * that cancels many calls for an attacker, and ends its connection.
   * @returns false when there is no such stream
   */
  private async consume<E extends ResolvedEvent | AllStreamResolvedEvent>(
    read: StreamingRead<E>,
    asked: string,
    take: (resolved: E) => boolean,
    stream?: string,
  ): Promise<boolean> {
    const watchdog = setTimeout(
      () => read.destroy(new EventStoreUnavailable('EventStoreDB does not answer')),
      this.silenceMs,
    );
    let left = 0;
    let ended = false;
    try {
      for await (const resolved of read.iterator({ destroyOnReturn: false }) as AsyncIterable<E>) {
        watchdog.refresh();
        if (left > 0 || !take(resolved)) left += 1;
        if (left > LONGEST_REST) break;
      }
      ended = left <= LONGEST_REST;
    } catch (error) {
      ended = error instanceof StreamNotFoundError;
      if (!ended) throw this.connection.failure(error, asked, stream);
      return false;
    } finally {
      clearTimeout(watchdog);
      // The client keeps hold of a call until it has been read to its end, and waits for that when it is closed; what
      // has not come by then comes no more once the call is cancelled.
      read.on('error', () => undefined).resume();
      if (!ended) read.cancel().catch(() => undefined);
    }
    return true;
  }
}
