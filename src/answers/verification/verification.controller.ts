import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { documentProblems } from '../../documents/document-problems.js';
import { ApiProblemsBesides } from '../../kernel/http/openapi.js';
import { Problem } from '../../kernel/http/problem.js';
import { Access } from '../../kernel/http/route-access.js';
import { OBSERVED, type Observed } from '../../kernel/observability/observed.js';
import { answerProblems } from '../../judgement/answer-problems.js';
import { answeredAs, PDF_CONTENT, pdfAnswer } from '../http/pdf-answer.js';
import type { LastVerificationAnswer } from './last-verification.js';
import { verificationDocument } from './verification-document.js';

/** Whether the log is as it was recorded, as the register itself has verified it. */
@ApiTags('Drift')
@Controller('verifications')
export class VerificationController {
  constructor(@Inject(OBSERVED) private readonly observed: Observed) {}

  @ApiOperation({
    summary: 'Protokoll från den senaste kontrollen av hela loggen',
    description:
      'Loggen kontrolleras om och om igen vid sidan av svaren (VERIFY_EVERY). Värdet är null tills en kontroll är klar.',
  })
  @ApiOkResponse({ content: PDF_CONTENT })
  @ApiProblemsBesides(answerProblems.NOT_VERIFIED_YET, documentProblems.DOCUMENT_TOO_LARGE)
  @Access({ row: 'register.verify', about: 'register', act: 'READ', shows: [] })
  @Get('last')
  async last(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LastVerificationAnswer | Buffer> {
    const type = answeredAs(request, reply);
    const protocol = this.observed.evidence?.protocol ?? null;
    if (type === 'application/json') return { protocol };
    if (protocol === null) throw new Problem(answerProblems.NOT_VERIFIED_YET);
    return pdfAnswer(reply, type, `kontroll-${protocol.endedAt.slice(0, 10)}.pdf`, protocol, verificationDocument);
  }
}
