import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { Basis, Streams } from './read-model.js';
import type { AnswerBasis } from './answers-basis.js';
import type { IndexProjection } from './index/index-projection.js';

/** Streams read from the log, as far as the index knows what belongs together. */
export class LogStreams implements Streams {
  constructor(
    private readonly log: EventLog,
    private readonly index: IndexProjection,
    private readonly answerBasis: AnswerBasis,
  ) {}

  async read(stream: string, knownAt?: string): Promise<RecordedEvent[]> {
    const events = await this.log.readStream(stream);
    return knownAt === undefined ? events : events.filter((event) => event.recordedAt <= knownAt);
  }

  async basis(knownAt?: string): Promise<Basis> {
    return this.answerBasis.of(await this.index.refresh(), knownAt, { late: false, parked: false });
  }
}
