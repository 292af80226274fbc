import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblemsBesides } from '../../kernel/http/openapi.js';
import { Access } from '../../kernel/http/route-access.js';
import { Problem } from '../../kernel/http/problem.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { answeredAs, PDF_CONTENT, pdfAnswer } from '../../answers/http/pdf-answer.js';
import { IsDay, IsOptionalId } from '../../answers/http/query-fields.js';
import { IdPipe } from '../../answers/http/question.js';
import { callScope } from '../../access/call-scope.js';
import type { Scope } from '../../access/caller-scope.js';
import { personResource } from '../../access/resources.js';
import { civilDayOf } from '../../kernel/time/clock.js';
import type { AccessLog } from '../access-log.js';
import { ACCESS_LOG } from '../access-log.token.js';
import type { AccessRecord } from '../access-record.js';
import { daySpan } from '../day-span.js';
import { namesIn } from '../../answers/text/names.js';
import { documentProblems } from '../../documents/document-problems.js';
import { type AccessExtract, extractDocument } from '../extract/extract-document.js';
import { accessToPerson, extractCsv, type ToldAccess } from '../extract/person-extract.js';
import { accessLogProblems } from './access-log-problems.js';

/** So many records are answered at a time. */
const PAGE = 500;

export class ExtractQuery {
  @ApiPropertyOptional({ format: 'date', description: 'Den första dagen' })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Den sista dagen' })
  @IsOptional()
  @IsDay()
  to?: string;
}

export class AccessLogQuery extends ExtractQuery {
  @IsOptionalId('Bara denna läsare')
  staff?: string;

  @IsOptionalId('Bara läsare i denna enhet')
  unit?: string;

  @ApiPropertyOptional({ description: 'Fortsätt efter denna post: next från föregående svar' })
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, { message: 'ska vara värdet i next från föregående svar' })
  after?: string;
}

const TOLD = {
  type: 'object' as const,
  properties: {
    at: { type: 'string', format: 'date-time' },
    role: { type: 'string' },
    unit: { type: 'string' },
    name: { type: 'string' },
    what: { type: 'string' },
    purpose: { type: 'string' },
  },
  required: ['at', 'role', 'what', 'purpose'],
};

/** What the access log says: to whom it is about, and to those who review it. */
@ApiTags('Åtkomstlogg')
@Controller()
export class AccessLogController {
  constructor(
    @Inject(READ_SIDE) private readonly reads: ReadSide,
    @Inject(ACCESS_LOG) private readonly log: AccessLog | undefined,
  ) {}

  @ApiOperation({
    summary: 'Vilka som har tagit del av uppgifter om en person',
    operationId: 'readPersonAccessLog',
    description: 'För den enskilde: i vanliga ord. Flera registreringar av samma person räknas som en.',
  })
  @ApiOkResponse({
    content: {
      'application/json': {
        schema: { type: 'object', properties: { items: { type: 'array', items: TOLD } }, required: ['items'] },
      },
      'text/csv': { schema: { type: 'string' } },
      ...PDF_CONTENT,
    },
  })
  @ApiProblemsBesides(accessLogProblems.ACCESS_LOG_OFF, documentProblems.DOCUMENT_TOO_LARGE)
  @Access({ row: 'recipient.access-log', about: 'recipient', act: 'READ', shows: ['NAME', 'STATE'] })
  @Get('recipients/:id/access-log')
  async ofPerson(
    @Param('id', IdPipe) id: string,
    @Query() { from, to }: ExtractQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const type = answeredAs(request, reply, ['text/csv'] as const);
    await mustExist(this.reads, 'recipient', id);
    const items = await accessToPerson(this.reads, this.kept(), id, { from, to });
    if (type === 'application/json') return { items };
    if (type !== 'text/csv')
      return pdfAnswer(reply, type, 'loggutdrag.pdf', await this.extract(id, { from, to }, items), extractDocument);
    reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="loggutdrag.csv"');
    return extractCsv(items);
  }

  @ApiOperation({
    summary: 'Åtkomstloggen, för den som granskar den',
    operationId: 'readAccessLog',
    description: 'Högst 500 poster i taget, äldst först. Bara poster om personer som den som frågar får se.',
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      properties: { items: { type: 'array', items: { type: 'object' } }, next: { type: 'string' } },
      required: ['items'],
    },
  })
  @ApiProblemsBesides(accessLogProblems.ACCESS_LOG_OFF)
  @Access({ row: 'access-log.read', about: 'list', act: 'LIST', shows: ['STATE'] })
  @Get('access-log')
  async all(@Query() { staff, unit, from, to, after }: AccessLogQuery) {
    const scope = callScope();
    const span = daySpan(from, to);
    const items: AccessRecord[] = [];
    const query = { ...(staff === undefined ? {} : { subject: staff.toLowerCase() }), ...span };
    for await (const { record } of this.kept().read({ ...query, ...(after === undefined ? {} : { from: after }) })) {
      if (unit !== undefined && record.who.unit !== unit.toLowerCase()) continue;
      if (record.at === after) continue;
      const seen = await this.within(scope, record);
      if (!seen) continue;
      if (items.length >= PAGE && record.at !== items.at(-1)?.at) return { items, next: items.at(-1)?.at };
      items.push(seen);
    }
    return { items };
  }

  /** A record with those of its persons whom the caller may see; undefined where there is none. */
  private async within(scope: Scope, record: AccessRecord): Promise<AccessRecord | undefined> {
    if (scope.all) return record;
    const day = civilDayOf(record.at);
    const persons: string[] = [];
    for (const id of record.persons) {
      const person = await personResource(this.reads, id, { day });
      if (person && scope.person(person)) persons.push(id);
    }
    return persons.length === 0 ? undefined : { ...record, persons };
  }

  private async extract(
    recipient: string,
    { from, to }: ExtractQuery,
    items: readonly ToldAccess[],
  ): Promise<AccessExtract> {
    const controller = (await this.reads.index.contextOf(`recipient-${recipient}`))?.controller;
    const streams = [`recipient-${recipient}`, ...(controller === undefined ? [] : [`controller-${controller}`])];
    const names = await namesIn(this.reads, [], undefined, streams);
    return {
      recipient,
      name: names.of(recipient),
      controller: controller === undefined ? '' : names.of(controller),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      generatedAt: this.reads.clock.now(),
      items,
    };
  }

  private kept(): AccessLog {
    if (!this.log) throw new Problem(accessLogProblems.ACCESS_LOG_OFF);
    return this.log;
  }
}
