import { Controller, Get, Param, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withoutFreeText } from '../../access/free-text.js';
import '../../access/decision.js';
import { documentProblems } from '../../documents/document-problems.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { ApiProblemsBesides } from '../../kernel/http/openapi.js';
import { answeredAs, PDF_CONTENT, pdfAnswer } from '../http/pdf-answer.js';
import { OnQuery } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { GetRecipientFile } from './get-recipient-file.js';
import { fileDocument } from './file-document.js';
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
  @ApiOkResponse({ content: PDF_CONTENT })
  @ApiProblemsBesides(documentProblems.DOCUMENT_TOO_LARGE)
  @Access({
    row: 'recipient.file',
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get(':id/file')
  async file(
    @Param('id', IdPipe) id: string,
    @Query() query: OnQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecipientFile | Buffer> {
    const type = answeredAs(request, reply);
    const file = await this.queries.execute(new GetRecipientFile(id, this.question.day(query.on), query.knownAt));
    if (type === 'application/json') return file;
    const freely = !request.decision?.obligations.includes('NO_FREE_TEXT');
    const shown = freely ? file : (withoutFreeText(file) as RecipientFile);
    return pdfAnswer(reply, type, `akt-${id}.pdf`, shown, fileDocument);
  }
}
