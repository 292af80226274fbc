import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { IsId, OnPageQuery, pageRequest } from '../http/query-fields.js';
import { Question } from '../http/question.js';
import { ListGrants, ListInspections } from './list-decided.js';

export class DecidedQuery extends OnPageQuery {
  @IsId()
  controller: string;
}

/** What has been decided about who may what. Nobody's sign-in and nobody's reasons stand in these lists. */
@ApiTags('Behörigheter')
@UseInterceptors(ConsistencyInterceptor)
@Controller()
export class DecidedAccessController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({ summary: 'De beslutade behörigheter som gäller en dag' })
  @Access({ row: 'grant.list', about: 'list', act: 'LIST', shows: [] })
  @Get('grants')
  grants(@Query() { controller, on, knownAt, ...page }: DecidedQuery) {
    return this.queries.execute(
      new ListGrants(controller.toLowerCase(), this.question.day(on), pageRequest(page), knownAt),
    );
  }

  @ApiOperation({ summary: 'De granskningar som pågår en dag' })
  @Access({ row: 'inspection.list', about: 'list', act: 'LIST', shows: [] })
  @Get('inspections')
  inspections(@Query() { controller, on, knownAt, ...page }: DecidedQuery) {
    return this.queries.execute(
      new ListInspections(controller.toLowerCase(), this.question.day(on), pageRequest(page), knownAt),
    );
  }
}
