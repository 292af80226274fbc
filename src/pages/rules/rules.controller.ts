import { Controller, Get, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetRules } from '../../answers/compliance/get-rules.js';
import { ListControllers } from '../../answers/controllers/list-controllers.js';
import { Question } from '../../answers/http/question.js';
import { ListPolicies } from '../../answers/policies/list-policies.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery } from '../asked.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { RulesPage } from './rules-page.js';

/** What the rules say on a day, and what each controller has decided for itself. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('regler')
export class RulesPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({ row: 'register.rules', about: 'register', act: 'NONE', shows: [] })
  @Get()
  async rules(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const on = this.question.day(new AddressQuery(request).day('dag'));
    const { rules } = await this.queries.execute(new GetRules(on));
    const controllers = await this.queries.execute(new ListControllers());
    const policies = await Promise.all(
      controllers.map(async ({ id, name }) => ({
        controller: id,
        name: name ?? 'Personuppgiftsansvarig',
        versions: (await this.queries.execute(new ListPolicies(id))).versions,
      })),
    );
    return answerPage(
      reply,
      h(RulesPage, {
        on,
        rules,
        policies: policies.filter(({ versions }) => versions.length > 0),
        visitor: visitorOf(request),
      }),
    );
  }
}
