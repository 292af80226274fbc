import { Controller, Get, Param, Query, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { etagOf } from '../../kernel/http/etag.js';
import { OnQuery } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { GetState, type StateAnswer, type StateKind } from './get-state.js';
import { Access } from '../../kernel/http/route-access.js';

/**
 * What a recipient, an episode, an employee or a unit looks like; the ETag is what a command on it hands back in
 * If-Match.
 */
@ApiTags('Nuläge')
@UseInterceptors(ConsistencyInterceptor)
@Controller()
export class StateController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({ summary: 'En omsorgstagare' })
  @Access({
    row: 'recipient.state',
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get('recipients/:id')
  recipient(@Param('id', IdPipe) id: string, @Query() query: OnQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer('recipient', id, query, reply);
  }

  @ApiOperation({ summary: 'En omsorgsperiod med hela kontaktprocessen' })
  @Access({ row: 'care-episode.state', about: 'care-episode', act: 'READ', shows: ['NAME', 'STATE', 'FREE_TEXT'] })
  @Get('care-episodes/:id')
  episode(@Param('id', IdPipe) id: string, @Query() query: OnQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer('careEpisode', id, query, reply);
  }

  @ApiOperation({ summary: 'En medarbetare' })
  @Access({ row: 'staff.state', about: 'staff', act: 'READ', shows: ['NAME', 'STATE', 'IDENTITY'] })
  @Get('staff/:id')
  staff(@Param('id', IdPipe) id: string, @Query() query: OnQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer('staff', id, query, reply);
  }

  @ApiOperation({ summary: 'En enhet' })
  @Access({ row: 'unit.state', about: 'unit', act: 'READ', shows: [] })
  @Get('units/:id')
  unit(@Param('id', IdPipe) id: string, @Query() query: OnQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer('unit', id, query, reply);
  }

  private async answer(kind: StateKind, id: string, query: OnQuery, reply: FastifyReply) {
    const knownAt = query.knownAt;
    const { state, ...about }: StateAnswer = await this.queries.execute(
      new GetState(kind, id, this.question.day(query.on), knownAt),
    );
    // An earlier knowledge is nothing that a command could be based on.
    if (knownAt === undefined) reply.header('etag', etagOf(BigInt(about.revision)));
    return { ...about, ...state };
  }
}
