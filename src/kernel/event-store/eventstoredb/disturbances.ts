import { type AllStreamRecordedEvent, START, streamNameFilter } from '@eventstore/db-client';
import { type Disturbance, EventStoreUnavailable, type StreamFault } from '../event-store.js';
import type { Connection } from './connection.js';
import { toRecord } from './records.js';
import { faultOf, jsonOf } from './stream-metadata.js';

/** So many events the server looks through at a time, and so many times before it says how far it came. */
const WINDOW = 1000;
const WINDOWS = 64;

/** What others did to our streams, gathered from the log event by event. */
export class Disturbances {
  private readonly last = new Map<string, bigint>();
  private readonly faults = new Map<string, { readonly code: StreamFault; readonly position: bigint }>();
  private readonly metadata = new Map<string, { readonly code: StreamFault; readonly position: bigint }>();
  private readonly foreign: Disturbance[] = [];

  constructor(private readonly namespace: string) {}

  take(event: AllStreamRecordedEvent): void {
    const { streamId, type } = event;
    const position = event.position.commit;
    if (streamId.startsWith(`$$${this.namespace}`)) return this.takeMetadata(event);
    if (!streamId.startsWith(this.namespace)) return;
    const stream = streamId.slice(this.namespace.length);
    if (type === '$streamDeleted') {
      this.faults.set(stream, { code: 'STREAM_DELETED', position });
      return;
    }
    const { revision } = event;
    // After a scavenge what was hidden is gone from the log.
    if (revision !== (this.last.get(stream) ?? -1n) + 1n && !this.faults.has(stream))
      this.faults.set(stream, { code: 'STREAM_TRUNCATED', position });
    this.last.set(stream, revision);
    if (toRecord(event, this.namespace)) return;
    const message = `position ${position}: revision ${revision} of stream ${stream}, of type ${type}, was not written by this register; it is passed over`;
    this.foreign.push({ code: 'FOREIGN_EVENT', stream, position, revision, message });
  }

  /** In log order. */
  found(): Disturbance[] {
    const streams = new Map([...this.faults, ...this.metadata]);
    for (const [stream, fault] of this.faults) if (fault.code === 'STREAM_DELETED') streams.set(stream, fault);
    const hidden = [...streams].map(([stream, { code, position }]) => ({
      code,
      stream,
      position,
      message: `position ${position}: ${HIDDEN[code](stream)}`,
    }));
    return [...hidden, ...this.foreign].sort((one, other) => (one.position! < other.position! ? -1 : 1));
  }

  /** The last that was said of a stream counts. */
  private takeMetadata({ streamId, data, position }: AllStreamRecordedEvent): void {
    const stream = streamId.slice(2 + this.namespace.length);
    const code = faultOf(jsonOf(data));
    if (code) this.metadata.set(stream, { code, position: position.commit });
    else this.metadata.delete(stream);
  }
}

const HIDDEN: Readonly<Record<StreamFault, (stream: string) => string>> = {
  STREAM_TRUNCATED: (stream) => `the beginning of stream ${stream} was cut off`,
  STREAM_DELETED: (stream) => `stream ${stream} was deleted`,
  STREAM_LIMITED: (stream) => `stream ${stream} was limited in number or age of its events`,
};

/** Goes through our part of the server's log, and what is said of our streams. */
export async function disturbancesOf(
  connection: Connection,
  namespace: string,
  silenceMs: number,
): Promise<Disturbance[]> {
  const found = new Disturbances(namespace);
  let alarm: NodeJS.Timeout | undefined;
  const filter = streamNameFilter({
    prefixes: [namespace, `$$${namespace}`],
    maxSearchWindow: WINDOW,
    checkpointInterval: WINDOWS,
    checkpointReached: async () => void alarm?.refresh(),
  });
  const { credentials } = connection;
  const subscription = connection.client.subscribeToAll({ fromPosition: START, filter, credentials });
  try {
    await new Promise<void>((resolve, reject) => {
      alarm = setTimeout(() => reject(new EventStoreUnavailable('EventStoreDB does not answer')), silenceMs);
      subscription.on('data', ({ event }) => {
        alarm?.refresh();
        if (event) found.take(event);
      });
      // What was sent before it may not have been read yet.
      subscription.on('caughtUp', () => setImmediate(() => drained(subscription, resolve)));
      subscription.on('error', (error) => reject(connection.failure(error, 'read $all')));
      subscription.on('end', () => reject(new EventStoreUnavailable('EventStoreDB ended the subscription')));
    });
  } finally {
    clearTimeout(alarm);
    subscription.removeAllListeners().on('error', () => undefined);
    subscription.unsubscribe().catch(() => undefined);
  }
  return found.found();
}

function drained(subscription: { readonly readableLength: number }, done: () => void): void {
  if (subscription.readableLength === 0) done();
  else setImmediate(() => drained(subscription, done));
}
