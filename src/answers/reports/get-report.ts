import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { dayOf } from '../../kernel/time/day.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type SupervisionReport, supervisionReport } from './report.js';
import { policyVersionOn, type ReportScope, ruleVersionsOn, unitsInScope } from './report-scope.js';

/** The supervisory report of a controller, or of one of its units, on a day. */
export class GetReport extends Query<SupervisionReport> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly scope: ReportScope,
    readonly on: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetReport)
export class GetReportHandler implements IQueryHandler<GetReport> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER */
  async execute({ scope, on, knownAt }: GetReport): Promise<SupervisionReport> {
    const units = await unitsInScope(this.reads, scope, on, knownAt);
    const { counts, basis } = await this.reads.figures.on(
      units.map(({ unit }) => unit),
      dayOf(on),
      knownAt,
    );
    const policyVersion = await policyVersionOn(this.reads, scope.controller, on, knownAt);
    const question = {
      ...scope,
      on,
      ruleVersions: ruleVersionsOn(on, basis.knownAt),
      policyVersion,
      generatedAt: this.reads.clock.now(),
    };
    return supervisionReport(question, basis, units, counts);
  }
}
