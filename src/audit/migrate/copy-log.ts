import {
  type Append,
  type EventStore,
  EventStoreError,
  type StoredRecord,
} from '../../kernel/event-store/event-store.js';
import { same } from '../../kernel/integrity/merkle.js';
import { MigrationError } from './migration-error.js';

const PAGE = 1_000;
/** An append carries neighbours of one stream, well below the MiB that a server takes. */
const APPEND_BYTES = 512 * 1024;

/**
 * Copies a log into another store, event by event in log order: ids, types, times, revisions, bytes and hashes as they
 * are. A log that is a beginning of it already is gone on from.
 * @param onProgress called with the number of events that are there
 * @returns how many events were copied now
 * @throws MigrationError, EventStoreError; what was copied by then stays
 */
export async function copyLog(from: EventStore, to: EventStore, onProgress: (events: number) => void): Promise<number> {
  const start = await endOfBeginning(from, to);
  let { after, events } = start;
  for (;;) {
    const page = await from.readLog({ from: after, limit: PAGE });
    const last = page.at(-1);
    if (!last) return events - start.events;
    await appendInOrder(to, appendsOf(page));
    after = last.position;
    events += page.length;
    onProgress(events);
  }
}

/**
 * Compares two logs event by event, all but the positions, which belong to each store.
 * @returns how many events they both have
 * @throws MigrationError COPY_DIFFERS at the first difference
 */
export async function compareLogs(
  from: EventStore,
  to: EventStore,
  onProgress: (events: number) => void,
): Promise<number> {
  let events = 0;
  for (let [one, other] = [0n, 0n]; ;) {
    const [wanted, found] = await Promise.all([
      from.readLog({ from: one, limit: PAGE }),
      to.readLog({ from: other, limit: PAGE }),
    ]);
    for (const [at, record] of wanted.entries()) {
      const copy = found[at];
      if (!copy || !isSameRecord(record, copy))
        throw new MigrationError(
          'COPY_DIFFERS',
          `event ${record.id}, at position ${record.position} of the log, ${copy ? `is not what stands in its place in the copy (event ${copy.id})` : 'is not in the copy'}`,
        );
    }
    const [last, lastCopy, surplus] = [wanted.at(-1), found.at(-1), found[wanted.length]];
    if (surplus)
      throw new MigrationError('COPY_DIFFERS', `the copy holds event ${surplus.id} behind the end of the log`);
    if (!last || !lastCopy) return events;
    events += wanted.length;
    onProgress(events);
    [one, other] = [last.position, lastCopy.position];
  }
}

/** Where to go on: behind the last event that is there already. */
async function endOfBeginning(
  from: EventStore,
  to: EventStore,
): Promise<{ readonly after: bigint; readonly events: number }> {
  const [last] = await to.readLog({ direction: 'backwards', limit: 1 });
  if (!last) return { after: 0n, events: 0 };
  const place = (await from.find([last.id])).get(last.id);
  const events = await to.count(last.position);
  if (!place || (await from.count(place.position)) !== events) {
    throw new MigrationError(
      'NOT_A_BEGINNING',
      `the log that is there already ends with event ${last.id} after ${events} events, and so is no beginning of the one to be copied: name an empty store`,
    );
  }
  return { after: place.position, events };
}

/** One append for neighbours of the same stream, the whole in log order. */
function appendsOf(page: readonly StoredRecord[]): Append[] {
  const appends: {
    stream: string;
    expected: Append['expected'];
    records: StoredRecord[];
    copied: true;
    bytes: number;
  }[] = [];
  for (const record of page) {
    const last = appends.at(-1);
    const bytes = record.body.length;
    if (last?.stream === record.stream && last.bytes + bytes <= APPEND_BYTES) {
      last.records.push(record);
      last.bytes += bytes;
    } else
      appends.push({
        stream: record.stream,
        expected: record.revision === 0n ? 'NO_STREAM' : record.revision - 1n,
        records: [record],
        copied: true,
        bytes,
      });
  }
  return appends;
}

async function appendInOrder(to: EventStore, appends: readonly Append[]): Promise<void> {
  if (to.gapless) {
    for (const answer of await to.appendAll(appends)) if (answer instanceof EventStoreError) throw refusal(answer);
    return;
  }
  // A server carries out what it is sent at once in an order of its own, and the order of the log is what "known at"
  // rests on.
  for (const append of appends) {
    const [answer] = await to.appendAll([append]);
    if (answer instanceof EventStoreError) throw refusal(answer);
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof EventStoreError && error.code !== 'EVENT_STORE_UNAVAILABLE')
    return new MigrationError('COPY_REFUSED', `the store did not take an event as it was: ${error.message}`, {
      cause: error,
    });
  return error;
}

function isSameRecord(one: StoredRecord, other: StoredRecord): boolean {
  return (
    one.id === other.id &&
    one.stream === other.stream &&
    one.revision === other.revision &&
    one.type === other.type &&
    one.recordedAt === other.recordedAt &&
    same(one.hash, other.hash) &&
    Buffer.compare(one.body, other.body) === 0
  );
}
