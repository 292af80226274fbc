import { type EventStore, RecordedAtBehind } from '../../../../src/kernel/event-store/event-store.js';
import { appendTo, newStream, record, to } from '../records.js';

/** Appends one record to a stream of its own, stamped with the later of the clock and the log; gives its id. */
export async function appendStamped(store: EventStore): Promise<string> {
  const given = record();
  const stream = newStream();
  for (let recordedAt = new Date().toISOString(); ;) {
    try {
      await appendTo(store, to(stream, 'NO_STREAM', { ...given, recordedAt }));
      return given.id;
    } catch (error) {
      if (!(error instanceof RecordedAtBehind)) throw error;
      recordedAt = error.last;
    }
  }
}
