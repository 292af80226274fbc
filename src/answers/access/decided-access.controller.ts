import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { IsId, OnPageQuery, pageRequest } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { GetInspectionSample, MOST_SAMPLED } from './get-inspection-sample.js';
import { ListGrants, ListInspections } from './list-decided.js';

export class DecidedQuery extends OnPageQuery {
  @IsId()
  controller: string;
}

/** The size of a sample where nobody says. */
const USUAL_SAMPLE = 10;

export class SampleQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_SAMPLED,
    default: USUAL_SAMPLE,
    description: 'Antal personer i urvalet',
  })
  @IsOptional()
  @ValidateBy({
    name: 'isSampleSize',
    validator: {
      validate: (value) => typeof value === 'string' && /^[1-9]\d?$/.test(value) && Number(value) <= MOST_SAMPLED,
      defaultMessage: () => `ska vara ett heltal från 1 till ${MOST_SAMPLED}`,
    },
  })
  size?: string;
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

  @ApiOperation({
    summary: 'Ett slumpat urval av de personer som en granskning gäller',
    description:
      'Urvalet följer av den första kontrollpunkten över granskningens öppning: ingen kan välja vem som kommer med, och vem som helst kan räkna om det. Ett större urval börjar med det mindre.',
  })
  @Access({ row: 'inspection.sample', about: 'inspection', act: 'LIST', shows: ['STATE'] })
  @Get('inspections/:id/sample')
  sample(@Param('id', IdPipe) id: string, @Query() { size }: SampleQuery) {
    const on = this.question.day(undefined);
    return this.queries.execute(new GetInspectionSample(id, on, size === undefined ? USUAL_SAMPLE : Number(size)));
  }
}
