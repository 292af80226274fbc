import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import type { FigureName } from '../../judgement/figures/figure-names.js';
import { compareReports, type ReportComparison } from './compare.js';
import type { ReportScope } from './report-scope.js';

/** What changed in the report of a day between two knowledge times, and through which entries. */
export class GetComparison extends Query<ReportComparison> {
  /**
   * @param on `YYYY-MM-DD`
   * @param knownFrom RFC 3339, as `knownTo`
   * @param causesOf the figure of which the entries behind are told; of none when undefined
   */
  constructor(
    readonly scope: ReportScope,
    readonly on: string,
    readonly knownFrom: string,
    readonly knownTo: string,
    readonly causesOf?: FigureName,
  ) {
    super();
  }
}

@QueryHandler(GetComparison)
export class GetComparisonHandler implements IQueryHandler<GetComparison> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, KNOWN_AT_AHEAD */
  execute({ scope, on, knownFrom, knownTo, causesOf }: GetComparison): Promise<ReportComparison> {
    return compareReports(this.reads, scope, on, knownFrom, knownTo, (figure) => figure === causesOf);
  }
}
