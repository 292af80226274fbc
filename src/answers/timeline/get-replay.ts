import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type ReplayAnswer, replayOf } from './replay.js';

/** One step of a person's history: the last entry up to a position, and what it changed. */
export class GetReplay extends Query<ReplayAnswer> {
  /** @param asOf `YYYY-MM-DD`; default the day on which the entry became true */
  constructor(
    readonly recipient: string,
    readonly to: bigint,
    readonly asOf?: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetReplay)
export class GetReplayHandler implements IQueryHandler<GetReplay> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT; UNKNOWN_ENTRY when nothing was known of the recipient by then */
  async execute({ recipient, to, asOf, knownAt }: GetReplay): Promise<ReplayAnswer> {
    return (await replayOf(this.reads, recipient, knownAt)).stepTo(to, asOf);
  }
}
