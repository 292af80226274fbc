import { Controller, Get, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { documentProblems } from '../../documents/document-problems.js';
import { ARCHIVE_PDF, PDF, WORKBOOK } from '../../kernel/http/document-types.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { ApiProblemsBesides } from '../../kernel/http/openapi.js';
import { Problem } from '../../kernel/http/problem.js';
import { preferred } from '../http/accept.js';
import {
  IsDay,
  IsId,
  IsInstant,
  IsOptionalId,
  KnownAtQuery,
  OnPageQuery,
  OnQuery,
  pageRequest,
} from '../http/query-fields.js';
import { Question } from '../http/question.js';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import { GetFigureEpisodes } from './get-figure-episodes.js';
import { GetReport } from './get-report.js';
import { GetSeries } from './get-series.js';
import { PrintReport } from './print-report.js';
import { reportCsv } from './report-csv.js';
import type { ReportScope } from './report-scope.js';
import { Access } from '../../kernel/http/route-access.js';

/** What is made for whom asks for a type. */
const FILES = { [PDF]: 'ua-1', [ARCHIVE_PDF]: 'a-3a', [WORKBOOK]: 'xlsx' } as const;

const ONLY_UNIT = 'Bara denna enhet';

export class ReportQuery extends OnQuery {
  @IsId()
  controller: string;

  @IsOptionalId(ONLY_UNIT)
  unit?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Bara för dokument (PDF, XLSX): vad som har ändrats sedan det som var känt då',
  })
  @IsOptional()
  @IsInstant()
  since?: string;
}

export class FigureEpisodesQuery extends OnPageQuery {
  @ApiProperty({ enum: FIGURES.map(({ name }) => name) })
  @IsIn(FIGURES.map(({ name }) => name), {
    message: `ska vara ett av måtten ${FIGURES.map(({ name }) => name).join(', ')}`,
  })
  figure: string;

  @IsId()
  controller: string;

  @IsOptionalId(ONLY_UNIT)
  unit?: string;
}

export class SeriesQuery extends KnownAtQuery {
  @IsId()
  controller: string;

  @IsOptionalId(ONLY_UNIT)
  unit?: string;

  @ApiProperty({ format: 'date' })
  @IsDay()
  from: string;

  @ApiProperty({ format: 'date' })
  @IsDay()
  to: string;

  @ApiPropertyOptional({ enum: ['MONTH'], default: 'MONTH' })
  @IsOptional()
  @IsIn(['MONTH'], { message: 'ska vara MONTH' })
  every?: string;

  /** With lead times (median days from step to step) and late registrations; takes longer. */
  @ApiPropertyOptional({ type: 'boolean', default: false })
  @IsOptional()
  @IsIn(['true', 'false'], { message: 'ska vara true eller false' })
  details?: string;
}

@ApiTags('Rapporter')
@UseInterceptors(ConsistencyInterceptor)
@Controller('reports/supervision')
export class ReportController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({ summary: 'Tillsynsrapporten: antal omsorgsperioder per enhet och mått' })
  @ApiOkResponse({
    content: {
      'text/csv': { schema: { type: 'string' } },
      ...Object.fromEntries(Object.keys(FILES).map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
    },
  })
  @ApiProblemsBesides(documentProblems.DOCUMENT_TOO_LARGE)
  @Access({ row: 'report.supervision', about: 'list', act: 'READ', shows: [] })
  @Get()
  async report(
    @Query() query: ReportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const type = preferred(request.headers.accept, ['application/json', 'text/csv', PDF, ARCHIVE_PDF, WORKBOOK]);
    if (type === undefined) throw new Problem(httpProblems.NOT_ACCEPTABLE);
    reply.header('vary', 'accept');
    const [scope, on] = [scopeOf(query), this.question.day(query.on)];
    if (type !== 'application/json' && type !== 'text/csv') {
      const { name, bytes } = await this.queries.execute(
        new PrintReport(FILES[type], scope, on, query.knownAt, query.since),
      );
      reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"` });
      return Buffer.from(bytes);
    }
    const report = await this.queries.execute(new GetReport(scope, on, query.knownAt));
    if (type === 'application/json') return report;
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="tillsynsrapport-${report.header.on}.csv"`);
    return reportCsv(report);
  }

  @ApiOperation({ summary: 'Vilka omsorgsperioder som ligger bakom ett mått' })
  @Access({ row: 'report.episodes', about: 'list', act: 'LIST', shows: ['STATE'] })
  @Get('episodes')
  episodes(@Query() query: FigureEpisodesQuery) {
    const on = this.question.day(query.on);
    return this.queries.execute(
      new GetFigureEpisodes(query.figure, scopeOf(query), on, pageRequest(query), query.knownAt),
    );
  }

  @ApiOperation({ summary: 'Rapportens summor över tid' })
  @Access({ row: 'report.series', about: 'list', act: 'READ', shows: [] })
  @Get('series')
  series(@Query() query: SeriesQuery) {
    return this.queries.execute(
      new GetSeries(scopeOf(query), query.from, query.to, query.knownAt, query.details === 'true'),
    );
  }
}

function scopeOf({ controller, unit }: { readonly controller: string; readonly unit?: string }): ReportScope {
  return { controller: controller.toLowerCase(), ...(unit === undefined ? {} : { unit: unit.toLowerCase() }) };
}
