import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { IsId, OnQuery } from '../http/query-fields.js';
import { Question } from '../http/question.js';
import { type AccessPolicyAnswer, accessPolicyAnswer } from './policy-answer.js';
import { GetWhoCouldRead, type WhoCouldReadAnswer } from './who-could-read.query.js';

export class WhoCouldReadQuery extends OnQuery {
  @IsId()
  recipient: string;
}

@ApiTags('Behörighet')
@UseInterceptors(ConsistencyInterceptor)
@Controller('access')
export class AccessController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({ summary: 'Behörighetstabellen: vem som får göra vad, hur långt och på vilka villkor' })
  @Access({ row: 'access.policy', about: 'self', act: 'NONE', shows: [] })
  @Get('policy')
  policy(): AccessPolicyAnswer {
    return accessPolicyAnswer();
  }

  @ApiOperation({ summary: 'Vilka som kunde läsa om en person en dag, som det var känt vid en tidpunkt' })
  @Access({ row: 'access.who-could-read', about: 'recipient', act: 'READ', shows: ['STATE'] })
  @Get('who-could-read')
  whoCouldRead(@Query() query: WhoCouldReadQuery): Promise<WhoCouldReadAnswer> {
    return this.queries.execute(
      new GetWhoCouldRead(query.recipient.toLowerCase(), this.question.day(query.on), query.knownAt),
    );
  }
}
