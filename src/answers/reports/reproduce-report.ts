import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type ReadReport, type Reproduction, reproduce } from './reproduce.js';

/** Makes a saved report again, and tells whether it comes out the same. */
export class ReproduceReport extends Query<Reproduction> {
  constructor(readonly saved: ReadReport) {
    super();
  }
}

@QueryHandler(ReproduceReport)
export class ReproduceReportHandler implements IQueryHandler<ReproduceReport> {
  /** One is made at a time: a report of earlier rules judges every episode of its units anew. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, KNOWN_AT_AHEAD */
  execute({ saved }: ReproduceReport): Promise<Reproduction> {
    const made = this.last.then(() => reproduce(this.reads, saved));
    this.last = made.catch(() => undefined);
    return made;
  }
}
