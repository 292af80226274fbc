import { type EventStore, type RecordPlace, type StoredRecord, StreamNotWhole } from '../event-store/event-store.js';
import { IntegrityError } from './integrity-error.js';
import { leafOf } from './leaf.js';
import { same } from './merkle.js';
import { TILE, type TreeFile } from './tree-file.js';

/**
 * Whether the log still ends, or goes on, with the event with which the tree ends, and the tree with what was signed
 * last: a look at one event, for every start.
 * @throws IntegrityError LOG_NOT_CONTINUED, SEALS_INCONSISTENT when the tree is shorter than what was signed;
 * EventStoreError
 */
export async function assertContinued(
  tree: TreeFile,
  store: Pick<EventStore, 'find' | 'readStream' | 'readLog'>,
): Promise<void> {
  const end = tree.end();
  const signed = tree.last()?.checkpoint.size ?? 0;
  if ((end?.size ?? 0) < signed)
    throw new IntegrityError(
      'SEALS_INCONSISTENT',
      `the seals hold ${end?.size ?? 0} events, but ${signed} were signed: run verify`,
    );
  if (!end) return;
  const place = (await store.find([end.event])).get(end.event);
  const record = place && (await recordAt(store, place));
  // Somebody hid the stream of that event for good. Whoever verifies is told; all else goes on.
  if (record === 'HIDDEN') return;
  const [leaf] = tree.tile(Math.floor((end.size - 1) / TILE)).slice(-1);
  if (record?.position === end.position && record.id === end.event && same(leafOf(record), leaf!)) return;
  throw new IntegrityError(
    'LOG_NOT_CONTINUED',
    `the log does not have event ${end.event} at position ${end.position}, with which ${end.size} events were sealed: run verify`,
  );
}

/** The record at a place; from the log itself where somebody hid its stream, and `HIDDEN` where it is not there either. */
async function recordAt(
  store: Pick<EventStore, 'readStream' | 'readLog'>,
  place: RecordPlace,
): Promise<StoredRecord | 'HIDDEN' | undefined> {
  try {
    const [record] = await store.readStream(place.stream, { from: place.revision, limit: 1 });
    return record;
  } catch (error) {
    if (!(error instanceof StreamNotWhole)) throw error;
  }
  const [record] = await store.readLog({ from: place.position - 1n, limit: 1 });
  return record?.position === place.position ? record : 'HIDDEN';
}
