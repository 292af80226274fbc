import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetOperation } from '../../answers/projections/get-operation.js';
import { Access } from '../../kernel/http/route-access.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { OperationPage } from './operation-page.js';

/** How the register itself is doing, for who runs it. Nobody's data stand here. */
@ApiExcludeController()
@Controller('drift')
export class OperationPages {
  constructor(private readonly queries: QueryBus) {}

  @Access({ row: 'register.projections', about: 'register', act: 'READ', shows: [] })
  @Get()
  async operation(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const operation = await this.queries.execute(new GetOperation());
    return answerPage(reply, h(OperationPage, { operation, visitor: visitorOf(request) }));
  }
}
