import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Problem } from '../../kernel/http/problem.js';
import { answerProblems } from '../../judgement/answer-problems.js';
import { IsDay, OnPageQuery, PageQuery, pageRequest } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { GetUnitContacts, GetUnitCurrent, GetUnitDue } from './unit-queries.js';
import { Access } from '../../kernel/http/route-access.js';

export class DueQuery extends PageQuery {
  /** The first day, and the day on which things are judged; without it, today. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  from?: string;

  /** The last day; without it, today. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  to?: string;
}

@ApiTags('Enheten')
@UseInterceptors(ConsistencyInterceptor)
@Controller('units')
export class UnitController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({
    summary: 'Enhetens pågående omsorg en dag: läge, kontakter, brister, anmärkningar och vad som står näst på tur',
  })
  @Access({ row: 'unit.current', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get(':id/current')
  current(@Param('id', IdPipe) id: string, @Query() query: OnPageQuery) {
    return this.queries.execute(new GetUnitCurrent(id, this.question.day(query.on), pageRequest(query), query.knownAt));
  }

  @ApiOperation({ summary: 'Vad som ska vara gjort i en period, som det bedöms på periodens första dag' })
  @Access({ row: 'unit.due', about: 'unit', act: 'LIST', shows: ['STATE'] })
  @Get(':id/due')
  due(@Param('id', IdPipe) id: string, @Query() query: DueQuery) {
    const [from, to] = [this.question.day(query.from), this.question.day(query.to)];
    if (to < from) throw new Problem(answerProblems.PERIOD_REVERSED);
    return this.queries.execute(new GetUnitDue(id, from, to, pageRequest(query), query.knownAt));
  }

  @ApiOperation({ summary: 'Hur många personer var och en av enhetens kontakter har' })
  @Access({ row: 'unit.contacts', about: 'unit', act: 'LIST', shows: ['NAME'] })
  @Get(':id/contacts')
  contacts(@Param('id', IdPipe) id: string, @Query() query: OnPageQuery) {
    return this.queries.execute(
      new GetUnitContacts(id, this.question.day(query.on), pageRequest(query), query.knownAt),
    );
  }
}
