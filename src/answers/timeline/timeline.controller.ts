import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiPropertyOptional, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { IsDay, KnownAtQuery } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { GetReplay } from './get-replay.js';
import type { ReplayAnswer } from './replay.js';
import { GetTimeline, type TimelineAnswer } from './get-timeline.js';
import { Access } from '../../kernel/http/route-access.js';

export class TimelineQuery extends KnownAtQuery {
  /** Entries that became true by this day; without it, today. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  asOf?: string;
}

export class ReplayQuery extends KnownAtQuery {
  /** The last entry up to this position is the step that is shown. */
  @ApiProperty({ pattern: '^\\d{1,18}$' })
  @Matches(/^\d{1,18}$/, { message: 'ska vara en position: högst 18 siffror' })
  to: string;

  /** The day on which both states are told; without it, the day on which the entry became true. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  asOf?: string;
}

@ApiTags('Historik')
@UseInterceptors(ConsistencyInterceptor)
@Controller('recipients')
export class TimelineController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({
    summary: 'En omsorgstagares hela historik till och med en dag, enligt vad som var känt vid en tidpunkt',
  })
  @Access({
    row: 'recipient.timeline',
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get(':id/timeline')
  timeline(@Param('id', IdPipe) id: string, @Query() query: TimelineQuery): Promise<TimelineAnswer> {
    return this.queries.execute(new GetTimeline(id, this.question.day(query.asOf), query.knownAt));
  }

  @ApiOperation({ summary: 'Ett steg i historiken: läget före, händelsen, läget efter och vad som ändrades' })
  @Access({
    row: 'recipient.replay',
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get(':id/replay')
  replay(@Param('id', IdPipe) id: string, @Query() query: ReplayQuery): Promise<ReplayAnswer> {
    return this.queries.execute(new GetReplay(id, BigInt(query.to), query.asOf, query.knownAt));
  }
}
