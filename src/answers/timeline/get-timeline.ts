import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { loadPerson } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { lateLimits } from './late-limit.js';
import { openPerson, secretsOf } from '../../judgement/person/opened-person.js';
import { timeline, type TimelineEntry } from './timeline.js';

export interface TimelineAnswer extends AnswerBasis {
  readonly recipient: string;
  /** All registrations of the same person that are shown together. */
  readonly recipients: readonly string[];
  readonly asOf: string;
  readonly entries: readonly TimelineEntry[];
}

/** One person's whole history, as of a day and as known at a time. */
export class GetTimeline extends Query<TimelineAnswer> {
  /** @param asOf `YYYY-MM-DD` */
  constructor(
    readonly recipient: string,
    readonly asOf: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT */
  async execute({ recipient, asOf, knownAt }: GetTimeline): Promise<TimelineAnswer> {
    const { index, streams, log } = this.reads;
    await mustExist(index, 'recipient', recipient);
    const basis = await streams.basis(knownAt);
    const person = await openPerson(
      await loadPerson(this.reads, recipient, knownAt),
      log,
      await secretsOf(recipient, this.reads, log),
    );
    const known = new Map(
      [...person.streams].map(([stream, events]) => [
        stream,
        events.filter((event) => event.position <= basis.position),
      ]),
    );
    const entries = timeline(known, asOf, await lateLimits(person.streams, streams, knownAt));
    return {
      recipient,
      recipients: person.recipients,
      asOf,
      ...shown({ ...basis, parked: person.unreadable.length > 0 }),
      entries,
    };
  }
}
