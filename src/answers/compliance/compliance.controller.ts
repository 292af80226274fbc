import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { KnownAtQuery, OnQuery } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import {
  type ComplianceAnswer,
  type ComplianceSegmentsAnswer,
  GetCompliance,
  GetComplianceSegments,
} from './get-compliance.js';
import { GetRules } from './get-rules.js';
import type { RulesAnswer } from './rules-answer.js';
import { Access } from '../../kernel/http/route-access.js';

@ApiTags('Regelefterlevnad')
@UseInterceptors(ConsistencyInterceptor)
@Controller()
export class ComplianceController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({ summary: 'Hur reglerna bedömer en omsorgstagares omsorgsperioder en dag' })
  @Access({ row: 'recipient.compliance', about: 'recipient', act: 'READ', shows: ['STATE'] })
  @Get('recipients/:id/compliance')
  compliance(@Param('id', IdPipe) id: string, @Query() query: OnQuery): Promise<ComplianceAnswer> {
    return this.queries.execute(new GetCompliance(id, this.question.day(query.on), query.knownAt));
  }

  @ApiOperation({ summary: 'Hur reglerna bedömer en omsorgstagares omsorgsperioder över all tid' })
  @Access({ row: 'recipient.compliance-segments', about: 'recipient', act: 'READ', shows: ['STATE'] })
  @Get('recipients/:id/compliance/segments')
  segments(@Param('id', IdPipe) id: string, @Query() query: KnownAtQuery): Promise<ComplianceSegmentsAnswer> {
    return this.queries.execute(new GetComplianceSegments(id, query.knownAt));
  }

  @ApiOperation({ summary: 'Reglerna som en dag bedöms efter: text, lagstöd, giltighet och parametrar' })
  @Access({ row: 'register.rules', about: 'register', act: 'NONE', shows: [] })
  @Get('rules')
  rules(@Query() query: OnQuery): Promise<RulesAnswer> {
    return this.queries.execute(new GetRules(this.question.day(query.on)));
  }
}
