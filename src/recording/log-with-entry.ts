import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';

/**
 * The log as it stood at a position, with one more entry: for looking at what a step would bring before, and whether,
 * it is recorded. Nothing can be appended to it.
 * @param history what the entry's own stream held then
 */
export function logWithEntry(
  log: EventLog,
  entry: RecordedEvent,
  history: readonly RecordedEvent[],
  upTo: bigint,
): EventLog {
  const refuse = (): Promise<never> => Promise.reject(new Error('a log that is only imagined cannot be appended to'));
  const readStream = async (stream: string): Promise<RecordedEvent[]> =>
    stream === entry.stream ? [...history, entry] : log.readStream(stream, { upTo });
  return {
    append: refuse,
    appendAll: refuse,
    readStream,
    // The same streams are read with every step, so they are to be remembered.
    readEntries: readStream,
    register: () => log.register(),
    readPage: (after, limit) => log.readPage(after, limit),
    open: (events) => log.open(events),
  };
}
