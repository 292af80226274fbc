import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Problem } from '../../kernel/http/problem.js';
import { addMonths, type Day, dayOf, formatDay } from '../../kernel/time/day.js';
import { answerProblems } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type FigureTotals, totalsOf } from '../../judgement/figures/figure-names.js';
import { type ReportScope, unitsInScope } from './report-scope.js';
import { type PointDetails, seriesDetails } from './series-details.js';

export interface SeriesAnswer extends AnswerBasis {
  readonly controller: string;
  readonly unit?: string;
  readonly points: readonly SeriesPoint[];
}

/** The report's totals on a day; with details, how the process went too. */
export type SeriesPoint = { readonly on: string; readonly total: FigureTotals } & Partial<PointDetails>;

const MOST_POINTS = 240;

/**
 * The totals of the supervisory report over time: on `from` and on the same day of every month after it, through `to`.
 */
export class GetSeries extends Query<SeriesAnswer> {
  /**
   * @param from and `to`: `YYYY-MM-DD`
   * @param details with lead times and late registrations, which take time
   */
  constructor(
    readonly scope: ReportScope,
    readonly from: string,
    readonly to: string,
    readonly knownAt?: string,
    readonly details = false,
  ) {
    super();
  }
}

@QueryHandler(GetSeries)
export class GetSeriesHandler implements IQueryHandler<GetSeries> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, PERIOD_REVERSED, PERIOD_TOO_LONG */
  async execute({ scope, from, to, knownAt, details }: GetSeries): Promise<SeriesAnswer> {
    const days = monthly(dayOf(from), dayOf(to));
    const known = await this.reads.figures.known(knownAt);
    const units = (await unitsInScope(this.reads, scope, to, known.position)).map(({ unit }) => unit);
    const points: SeriesPoint[] = [];
    let [waiting, parked] = [false, false];
    for (const day of days) {
      const { counts, basis } = await this.reads.figures.on(units, day, known);
      points.push({ on: formatDay(day), total: totalsOf(counts) });
      waiting ||= basis.waiting;
      parked ||= basis.parked;
    }
    const more = details ? await seriesDetails(this.reads, units, addMonths(dayOf(from), -1), days, known) : [];
    return {
      ...scope,
      ...shown({ ...known, waiting, parked }),
      points: points.map((point, at) => ({ ...point, ...more[at] })),
    };
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
