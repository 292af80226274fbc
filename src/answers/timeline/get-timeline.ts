import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { loadPerson } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { lateLimits } from './late-limit.js';
import { openPerson, type OpenedPerson, secretsOf } from '../../judgement/person/opened-person.js';
import { historyReads, staffHistories } from './staff-histories.js';
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
    return (await toldHistory(this.reads, recipient, asOf, knownAt)).timeline;
  }
}

/**
 * The history of a person, with the opened streams that it was told from.
 * @throws Problem UNKNOWN_RECIPIENT
 */
export async function toldHistory(
  reads: ReadSide,
  recipient: string,
  asOf: string,
  knownAt: string | undefined,
): Promise<{ readonly timeline: TimelineAnswer; readonly person: OpenedPerson }> {
  const { streams, knowledge, log } = reads;
  await mustExist(reads, 'recipient', recipient);
  const known = await knowledge.at(knownAt);
  const secret = await secretsOf(recipient, reads, log);
  const person = await openPerson(await loadPerson(reads, recipient, known.position), log, secret);
  const staff = await staffHistories(person, historyReads(reads, secret, known.position));
  const whole = new Map([...person.streams, ...staff.histories.map(({ stream, events }) => [stream, events] as const)]);
  const entries = timeline(person.streams, asOf, await lateLimits(whole, streams, known.position), staff.histories);
  const basis = shown({ ...known, parked: person.unreadable.length > 0 || staff.incomplete });
  return { timeline: { recipient, recipients: person.recipients, asOf, ...basis, entries }, person };
}
