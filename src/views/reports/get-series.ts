import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Problem } from '../../kernel/http/problem.js';
import { addMonths, type Day, dayOf, formatDay } from '../../kernel/time/day.js';
import { answerProblems } from '../answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import type { Basis } from '../read-model.js';
import { READ_SIDE, type ReadSide } from '../read-side.js';
import { type FigureTotals, totalsOf } from './figure-names.js';
import { type ReportScope, unitsInScope } from './report-scope.js';

export interface SeriesAnswer extends AnswerBasis {
  readonly controller: string;
  readonly unit?: string;
  readonly points: readonly { readonly on: string; readonly total: FigureTotals }[];
}

const MOST_POINTS = 240;

/** The totals of the supervisory report over time: on `from` and on the same day of every month after it, through `to`. */
export class GetSeries extends Query<SeriesAnswer> {
  /** @param from and `to`: `YYYY-MM-DD` */
  constructor(
    readonly scope: ReportScope,
    readonly from: string,
    readonly to: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetSeries)
export class GetSeriesHandler implements IQueryHandler<GetSeries> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, PERIOD_REVERSED, PERIOD_TOO_LONG */
  async execute({ scope, from, to, knownAt }: GetSeries): Promise<SeriesAnswer> {
    const days = monthly(dayOf(from), dayOf(to));
    const units = (await unitsInScope(this.reads, scope, to, knownAt)).map(({ unit }) => unit);
    const points: SeriesAnswer['points'][number][] = [];
    let last: Basis | undefined;
    for (const day of days) {
      const { counts, basis } = await this.reads.figures.on(units, day, knownAt);
      points.push({ on: formatDay(day), total: totalsOf(counts) });
      last = basis;
    }
    return { ...scope, ...shown(last ?? (await this.reads.streams.basis(knownAt))), points };
  }
}

/** @throws Problem PERIOD_REVERSED, PERIOD_TOO_LONG */
export function monthly(from: Day, to: Day): Day[] {
  if (to < from) throw new Problem(answerProblems.PERIOD_REVERSED);
  const days: Day[] = [];
  // Counted from the first day, so that a 31st comes back after the shorter months.
  for (let day = from; day <= to; day = addMonths(from, days.length)) {
    days.push(day);
    if (days.length > MOST_POINTS) throw new Problem(answerProblems.PERIOD_TOO_LONG);
  }
  return days;
}
