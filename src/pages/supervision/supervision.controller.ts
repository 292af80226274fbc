import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { ListControllers } from '../../answers/controllers/list-controllers.js';
import { ListUnits } from '../../answers/find/list-units.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { Question } from '../../answers/http/question.js';
import { ListPolicies } from '../../answers/policies/list-policies.js';
import { GetComparison } from '../../answers/reports/get-comparison.js';
import { GetFigureEpisodes } from '../../answers/reports/get-figure-episodes.js';
import { GetReport } from '../../answers/reports/get-report.js';
import { GetSeries } from '../../answers/reports/get-series.js';
import { type PublicCells, publicCells } from '../../answers/reports/public-cells.js';
import { PrintReport, type ReportFileKind } from '../../answers/reports/print-report.js';
import { reportCsv } from '../../answers/reports/report-csv.js';
import type { SupervisionReport } from '../../answers/reports/report.js';
import type { ReportScope } from '../../answers/reports/report-scope.js';
import { GetNames } from '../../answers/text/get-names.js';
import type { FigureName } from '../../judgement/figures/figure-names.js';
import { POLICY_DEFAULTS } from '../../compliance-rules/index.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { ARCHIVE_PDF, PDF, WORKBOOK } from '../../kernel/http/document-types.js';
import { Access } from '../../kernel/http/route-access.js';
import { address, AddressQuery, wrong } from '../asked.js';
import type { Times } from '../components/head.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { instantOf } from '../../kernel/time/swedish-dates.js';
import { reportOf } from '../places.js';
import { FigurePage } from './figure-page.js';
import { canTellCauses, SupervisionPage } from './supervision-page.js';

/** The duty to offer began in July 2022: before it there is nothing to report. */
const FIRST_POINT = '2022-07-31';
/** What a report can be had as, by what the address says. */
const DOCUMENTS: ReadonlyMap<string, { readonly kind: ReportFileKind; readonly type: string }> = new Map([
  ['pdf', { kind: 'ua-1', type: PDF }],
  ['arkiv', { kind: 'a-3a', type: ARCHIVE_PDF }],
  ['xlsx', { kind: 'xlsx', type: WORKBOOK }],
]);
const PERSONS_A_PAGE = 200;

interface Asked {
  readonly scope: ReportScope;
  readonly times: Times;
  readonly names: ReadonlyMap<string, string>;
}

/** The supervisory report, over time, compared, and who stands behind each figure. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('tillsyn')
export class SupervisionPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({ row: 'report.supervision', about: 'list', act: 'READ', shows: [] })
  @Get()
  async report(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const query = new AddressQuery(request);
    const own = query.text('controller') === undefined ? reportOf(request.subject) : undefined;
    if (own !== undefined) {
      reply.status(302).header('location', own);
      return '';
    }
    const { scope, times, names } = await this.asked(query);
    const report = await this.queries.execute(new GetReport(scope, times.on, times.knownAt));
    const from = times.on < FIRST_POINT ? times.on : FIRST_POINT;
    const series = await this.queries.execute(new GetSeries(scope, from, times.on, times.knownAt));
    const { units } = await this.queries.execute(new ListUnits(scope.controller, { limit: PAGE_LIMITS.most }));
    const comparison = await this.compared(query, scope, times.on, report.header.knownAt);
    const page = h(SupervisionPage, {
      controller: { id: scope.controller, name: names.get(scope.controller) ?? 'Personuppgiftsansvarig' },
      controllers: [...names].map(([id, name]) => ({ id, name })),
      ...(scope.unit === undefined ? {} : { unit: scope.unit }),
      units,
      times,
      report,
      series,
      ...(comparison === undefined ? {} : { comparison }),
      ...(await this.shownOutside(query, scope, times, report)),
      visitor: visitorOf(request),
    });
    return answerPage(reply, page);
  }

  @Access({ row: 'report.supervision', about: 'list', act: 'READ', shows: [] })
  @Get('kalkylblad')
  async sheet(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const query = new AddressQuery(request);
    const { scope, times } = await this.asked(query);
    const report = await this.queries.execute(new GetReport(scope, times.on, times.knownAt));
    const outside = await this.shownOutside(query, scope, times, report);
    const kind = outside === undefined ? '' : 'offentlig-';
    reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="tillsynsrapport-${kind}${times.on}.csv"`,
    });
    return reportCsv(report, outside?.cells);
  }

  @Access({ row: 'report.supervision', about: 'list', act: 'READ', shows: [] })
  @Get('sparad-rapport')
  async saved(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { scope, times } = await this.asked(new AddressQuery(request));
    const report = await this.queries.execute(new GetReport(scope, times.on, times.knownAt));
    reply.headers({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="tillsynsrapport-${times.on}.json"`,
    });
    return JSON.stringify(report);
  }

  /** The report as a document: for reading, for the archive, or as a workbook. */
  @Access({ row: 'report.supervision', about: 'list', act: 'PRINT', shows: [] })
  @Get('dokument')
  async document(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const query = new AddressQuery(request);
    const { scope, times } = await this.asked(query);
    const asked = DOCUMENTS.get(query.text('som') ?? 'pdf');
    if (asked === undefined) throw wrong('som', `ska vara ett av ${[...DOCUMENTS.keys()].join(', ')}`);
    const before = query.day('jamfor');
    const since = before === undefined ? undefined : instantOf(before, '23.59');
    const { name, bytes } = await this.queries.execute(
      new PrintReport(asked.kind, scope, times.on, times.knownAt, since),
    );
    reply.headers({ 'content-type': asked.type, 'content-disposition': `attachment; filename="${name}"` });
    return Buffer.from(bytes);
  }

  @Access({ row: 'report.episodes', about: 'list', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get(':figure')
  async persons(
    @Param('figure') figure: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const query = new AddressQuery(request);
    const { scope, times } = await this.asked(query);
    const cursor = query.text('fran');
    const page = { limit: PERSONS_A_PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await this.queries.execute(new GetFigureEpisodes(figure, scope, times.on, page, times.knownAt));
    const streams = answer.episodes.flatMap(({ recipient, unit }) => [`recipient-${recipient}`, `unit-${unit}`]);
    const names = await this.queries.execute(new GetNames([], streams, answer.position));
    const kept = { controller: scope.controller, unit: scope.unit, dag: times.on, kant: times.knownAt };
    return answerPage(
      reply,
      h(FigurePage, {
        answer,
        names,
        times,
        back: address('/tillsyn', kept),
        ...(answer.next === undefined ? {} : { next: address(`/tillsyn/${figure}`, { ...kept, fran: answer.next }) }),
        visitor: visitorOf(request),
      }),
    );
  }

  /** What differs from the end of a day before, where one asks. */
  private async compared(query: AddressQuery, scope: ReportScope, on: string, knownTo: string) {
    const before = query.day('jamfor');
    if (before === undefined) return undefined;
    const ask = (causesOf?: FigureName) =>
      this.queries.execute(new GetComparison(scope, on, instantOf(before, '23.59'), knownTo, causesOf));
    const answer = await ask();
    const chosen = answer.figures.find(({ figure }) => figure === query.text('orsak'));
    if (chosen === undefined || !canTellCauses(chosen)) return { answer, before };
    return { answer: await ask(chosen.figure), before, causesOf: chosen.figure };
  }

  /** What is asked about: the controller that has the most to say where none is named. */
  private async asked(query: AddressQuery): Promise<Asked> {
    const controllers = await this.queries.execute(new ListControllers());
    const municipal = controllers.find(({ kind }) => kind === 'MUNICIPAL') ?? controllers[0];
    const controller = query.text('controller')?.toLowerCase() ?? municipal?.id;
    if (controller === undefined) throw wrong('controller', 'finns inte: ingen personuppgiftsansvarig är registrerad');
    const unit = query.text('unit')?.toLowerCase();
    const knownAt = query.instant('kant');
    return {
      scope: { controller, ...(unit === undefined ? {} : { unit }) },
      times: { on: this.question.day(query.day('dag')), ...(knownAt === undefined ? {} : { knownAt }) },
      names: new Map(controllers.map(({ id, name }) => [id, name ?? 'Personuppgiftsansvarig'])),
    };
  }

  /**
   * What of a report others may see, where it is to leave the controller. Of one unit it is the same as in the report of
   * all: else two reports would tell what neither shows.
   */
  private async shownOutside(
    query: AddressQuery,
    { controller, unit }: ReportScope,
    { on, knownAt }: Times,
    report: SupervisionReport,
  ): Promise<{ readonly smallest: number; readonly cells: PublicCells } | undefined> {
    if (query.text('offentlig') === undefined) return undefined;
    const { versions } = await this.queries.execute(new ListPolicies(controller));
    const policy = versions.findLast(({ from }) => from <= on)?.policy;
    const smallest = policy?.values.publicSmallCell ?? POLICY_DEFAULTS.publicSmallCell;
    const whole = unit === undefined ? report : await this.queries.execute(new GetReport({ controller }, on, knownAt));
    const cells = publicCells(whole.rows, whole.total, smallest);
    return { smallest, cells: { shows: (figure, of = unit) => cells.shows(figure, of) } };
  }
}
