import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type NamedEntry, namesIn, type Names } from './names.js';

/** What all that some entries speak of is called, and what some streams are. */
export class GetNames extends Query<Names> {
  /**
   * @param streams named besides
   * @param position names that were given behind this log position are not used; a string of digits
   */
  constructor(
    readonly entries: readonly NamedEntry[],
    readonly streams: readonly string[] = [],
    readonly position?: string,
  ) {
    super();
  }
}

@QueryHandler(GetNames)
export class GetNamesHandler implements IQueryHandler<GetNames> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  execute({ entries, streams, position }: GetNames): Promise<Names> {
    return namesIn(this.reads, entries, position === undefined ? undefined : BigInt(position), streams);
  }
}
