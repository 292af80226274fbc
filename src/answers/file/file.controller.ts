import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { OnQuery } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { GetRecipientFile } from './get-recipient-file.js';
import type { RecipientFile } from './recipient-file.js';

/** One person's file: what leaves the register to whom it is about, to an inspector or to another authority. */
@ApiTags('Historik')
@UseInterceptors(ConsistencyInterceptor)
@Controller('recipients')
export class FileController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({
    summary: 'En persons akt: läge, hela historiken, bedömningen över tid, kontakterna och vad som styrker det',
    description:
      'Allt enligt en och samma del av loggen. Läget gäller en dag; historiken är hel, också det som blir sant senare.',
  })
  @Access({
    row: 'recipient.file',
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get(':id/file')
  file(@Param('id', IdPipe) id: string, @Query() query: OnQuery): Promise<RecipientFile> {
    return this.queries.execute(new GetRecipientFile(id, this.question.day(query.on), query.knownAt));
  }
}
