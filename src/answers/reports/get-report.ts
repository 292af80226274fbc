import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { dayOf } from '../../kernel/time/day.js';
import type { Known } from '../../judgement/read-model.js';
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
    return reportOf(this.reads, scope, on, await this.reads.figures.known(knownAt));
  }
}

/**
 * The report of a day by a part of the log, as the views answer it.
 * @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER
 */
export async function reportOf(
  reads: ReadSide,
  scope: ReportScope,
  on: string,
  known: Known,
): Promise<SupervisionReport> {
  const units = await unitsInScope(reads, scope, on, known.position);
  const { counts, basis } = await reads.figures.on(
    units.map(({ unit }) => unit),
    dayOf(on),
    known,
  );
  const question = {
    ...scope,
    on,
    ruleVersions: ruleVersionsOn(on),
    policyVersion: await policyVersionOn(reads, scope.controller, on, known.position),
    generatedAt: reads.clock.now(),
    ...(await reads.knowledge.provenance(known)),
  };
  return supervisionReport(question, basis, units, counts);
}
