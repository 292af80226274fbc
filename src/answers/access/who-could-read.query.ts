import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { accessPolicy } from '../../access/policy-table.js';
import { type CouldRead, whoCouldRead } from '../../access/who-could-read.js';
import { unknown } from '../../judgement/answer-problems.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { dayOf } from '../../kernel/time/day.js';
import { type AnswerBasis, shown } from '../answer.js';

export interface WhoCouldReadAnswer extends AnswerBasis {
  readonly recipient: string;
  readonly on: string;
  readonly items: readonly CouldRead[];
}

/** Who could read about a person on a day, as known at a time. */
export class GetWhoCouldRead extends Query<WhoCouldReadAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly recipient: string,
    readonly on: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetWhoCouldRead)
export class GetWhoCouldReadHandler implements IQueryHandler<GetWhoCouldRead> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT, KNOWN_AT_AHEAD */
  async execute({ recipient, on, knownAt }: GetWhoCouldRead): Promise<WhoCouldReadAnswer> {
    const known = await this.reads.knowledge.at(knownAt);
    const items = await whoCouldRead(this.reads, accessPolicy, recipient, { day: dayOf(on), upTo: known.position });
    if (!items) throw unknown('recipient', recipient);
    return { recipient, on, ...shown(known), items };
  }
}
