import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Problem } from '../../kernel/http/problem.js';
import { dayOf } from '../../kernel/time/day.js';
import { answerProblems } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { listedPersons } from '../listed-persons.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { FIGURES, figureNamed } from '../../judgement/figures/figure-names.js';
import { type ReportScope, unitsInScope } from './report-scope.js';

export interface FigureEpisodesAnswer extends AnswerBasis {
  readonly figure: string;
  readonly on: string;
  readonly count: number;
  readonly episodes: readonly { readonly episode: string; readonly recipient: string; readonly unit: string }[];
  readonly next?: string;
}

/** Who is behind a figure of the supervisory report. */
export class GetFigureEpisodes extends Query<FigureEpisodesAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly figure: string,
    readonly scope: ReportScope,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetFigureEpisodes)
export class GetFigureEpisodesHandler implements IQueryHandler<GetFigureEpisodes> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_FIGURE, UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, CURSOR_MALFORMED */
  async execute({ figure: name, scope, on, page, knownAt }: GetFigureEpisodes): Promise<FigureEpisodesAnswer> {
    const figure = figureNamed(name);
    if (!figure)
      throw new Problem(answerProblems.UNKNOWN_FIGURE, { members: { figures: FIGURES.map((known) => known.name) } });
    const known = await this.reads.figures.known(knownAt);
    const units = await unitsInScope(this.reads, scope, on, known.position);
    const { episodes, basis } = await this.reads.figures.episodes(
      units.map(({ unit }) => unit),
      dayOf(on),
      known,
    );
    const listed = await listedPersons(this.reads, episodes);
    const sorted = listed
      .shown(episodes)
      .filter(({ figures }) => figures.includes(figure.name))
      .map(({ episode, recipient, unit }) => ({ episode, recipient, unit }))
      .sort((a, b) => (a.episode < b.episode ? -1 : 1));
    const { items, ...rest } = pageOf(sorted, page, { key: ({ episode }) => [episode], parts: 1 });
    return { figure: name, on, ...shown(basis), count: sorted.length, episodes: items, ...rest };
  }
}
