import { Controller, Get, HttpCode, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { NoReport, readSavedReport } from '../../answers/reports/reproduce.js';
import { ReproduceReport } from '../../answers/reports/reproduce-report.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Problem } from '../../kernel/http/problem.js';
import { Access } from '../../kernel/http/route-access.js';
import { formOf } from '../form-of.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { ReproductionPage } from './reproduction-page.js';

/** A saved report is sent and made again. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('tillsyn/gor-om')
export class ReproductionPages {
  constructor(private readonly queries: QueryBus) {}

  @Access({ row: 'report.supervision', about: 'list', act: 'NONE', shows: [] })
  @Get()
  ask(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return answerPage(reply, h(ReproductionPage, { visitor: visitorOf(request) }));
  }

  @Access({ row: 'report.supervision', about: 'saved-report', act: 'READ', shows: [] })
  @HttpCode(200)
  @Post()
  async make(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const visitor = visitorOf(request);
    const text = formOf(request).get('report') ?? '';
    try {
      const made = await this.queries.execute(new ReproduceReport(readSavedReport(text)));
      return answerPage(reply, h(ReproductionPage, { made, visitor }));
    } catch (error) {
      const wrong = whyNot(error, text);
      if (wrong === undefined) throw error;
      return answerPage(reply, h(ReproductionPage, { wrong, visitor }));
    }
  }
}

/** What to say to who sent something that is no report, or one that is not of this register. */
function whyNot(error: unknown, text: string): string | undefined {
  if (text.trim() === '') return 'Välj en fil.';
  if (error instanceof NoReport)
    return error.path === ''
      ? 'Filen är ingen sparad tillsynsrapport.'
      : `Filen är ingen hel tillsynsrapport: ${error.path} saknas eller är fel.`;
  // What the register does not know, or not yet, is no fault of the page.
  return error instanceof Problem && error.type.status < 500 ? error.type.title : undefined;
}
