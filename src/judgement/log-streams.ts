import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { Streams } from './read-model.js';

/** Streams read from the log. */
export class LogStreams implements Streams {
  constructor(private readonly log: EventLog) {}

  read(stream: string, upTo?: bigint): Promise<RecordedEvent[]> {
    return this.log.readStream(stream, upTo === undefined ? {} : { upTo });
  }
}
