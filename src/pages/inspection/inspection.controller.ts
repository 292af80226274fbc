import { Controller, Get, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Question } from '../../answers/http/question.js';
import { GetOperation } from '../../answers/projections/get-operation.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { answerPage } from '../html/render.js';
import { unitsByController } from '../units/all-units.js';
import { visitorOf } from '../visitor.js';
import { InspectionPage } from './inspection-page.js';

/** Where an inspector begins: what she sees, for how long, and whether the log is untouched. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('inspektion')
export class InspectionPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({ row: 'report.supervision', about: 'list', act: 'READ', shows: [] })
  @Get()
  async inspection(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const on = this.question.day(undefined);
    const controllers = await unitsByController(this.queries, on);
    const { evidence } = await this.queries.execute(new GetOperation());
    const until = request.subject?.roles.find(({ inspection }) => inspection !== undefined)?.to;
    return answerPage(
      reply,
      h(InspectionPage, {
        on,
        units: controllers.flatMap(({ report }) => report.rows.map(({ unit, unitName }) => ({ unit, name: unitName }))),
        ...(until === undefined ? {} : { until }),
        ...(evidence === undefined ? {} : { evidence }),
        visitor: visitorOf(request),
      }),
    );
  }
}
