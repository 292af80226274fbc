import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import '../../access/decision.js';
import { REVIEW_METHODS, REVIEW_OUTCOMES } from '../../facts/codes.js';
import { answerProblems, unknown } from '../../judgement/answer-problems.js';
import { IsOptionalId } from '../../answers/http/query-fields.js';
import { codesOf } from '../../kernel/event-sourcing/codes.js';
import { CodeField, IdField, TextField } from '../../kernel/http/fields.js';
import { etagOf, parseIfMatch } from '../../kernel/http/etag.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { ApiProblems, ApiProblemsBesides } from '../../kernel/http/openapi.js';
import { Context, type RequestContext } from '../../kernel/http/request-context.js';
import { Access } from '../../kernel/http/route-access.js';
import { validationPipe } from '../../kernel/http/validation.js';
import { isId } from '../../kernel/id-form.js';
import { recordingProblems } from '../../recording/recording-problems.js';
import type { StepAnswer } from '../../recording/step-command.js';
import type { DrawMethod } from '../reviews/log-reviews.js';
import { MONTH_PATTERN } from '../reviews/period.js';
import {
  type Asking,
  DrawLogReview,
  ListLogReviews,
  type ReviewsAnswer,
  SignLogReview,
} from '../reviews/review-queries.js';
import { drawStep, signStep } from '../reviews/steps.js';
import { accessLogProblems } from './access-log-problems.js';

const WRONG_MONTH = { message: 'ska vara en månad, ÅÅÅÅ-MM' };

class LogReviewsQuery {
  @IsOptionalId('Bara denna enhet')
  unit?: string;

  @ApiPropertyOptional({
    pattern: MONTH_PATTERN.source,
    description: 'Bara denna månad, ÅÅÅÅ-MM. Tillsammans med enheten visas också läsningarna i urvalet.',
  })
  @IsOptional()
  @Matches(MONTH_PATTERN, WRONG_MONTH)
  month?: string;
}

class DrawLogReviewDto {
  @IdField({ description: 'Enheten.' })
  unit: string;

  @ApiProperty({ pattern: MONTH_PATTERN.source, description: 'Månaden, ÅÅÅÅ-MM.', example: '2026-10' })
  @Matches(MONTH_PATTERN, WRONG_MONTH)
  month: string;

  @CodeField(codesOf(REVIEW_METHODS), { description: 'Vad som lottas. En dag om inget anges.', optional: true })
  method?: DrawMethod;
}

class SignLogReviewDto {
  @CodeField(codesOf(REVIEW_OUTCOMES), { description: 'Vad genomgången gav.' })
  outcome: string;

  @TextField({ description: 'Anmärkningarna. Krävs när genomgången gav anmärkning.', optional: true })
  remarks?: string;

  @TextField({ description: 'Vad som gjordes.', optional: true })
  actions?: string;
}

class LogReviewRecordedDto {
  @ApiProperty({ format: 'uuid', description: 'Loggkontrollen.' })
  id: string;

  @ApiProperty({ format: 'uuid', description: 'Händelsen.' })
  eventId: string;

  @ApiProperty({ description: 'Lämnas till en läsning som ska se händelsen.' })
  consistencyToken: string;
}

const text = { type: 'string' as const };
const day = { ...text, format: 'date' };
const instant = { ...text, format: 'date-time' };
const uuid = { ...text, format: 'uuid' };
const texts = { type: 'array' as const, items: text };
const flag = { type: 'boolean' as const };
const count = { type: 'integer' as const };

const LOOK = {
  type: 'object' as const,
  properties: {
    at: instant,
    times: count,
    role: text,
    reader: text,
    readerName: text,
    recipient: uuid,
    recipientName: text,
    what: text,
    purpose: text,
    standsOut: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: { kind: text, reason: text },
        required: ['kind', 'reason'],
      },
    },
  },
  required: ['at', 'times', 'role', 'what', 'purpose', 'standsOut'],
};

const DRAW = {
  type: 'object' as const,
  properties: {
    id: uuid,
    etag: text,
    drawnAt: instant,
    method: { ...text, enum: codesOf(REVIEW_METHODS) },
    sample: texts,
    seedCheckpoint: text,
    signed: flag,
    signatures: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          at: instant,
          role: text,
          outcome: { ...text, enum: codesOf(REVIEW_OUTCOMES) },
          remarks: text,
          actions: text,
        },
        required: ['at', 'role', 'outcome'],
      },
    },
    contents: {
      type: 'object' as const,
      properties: {
        redone: flag,
        looks: { type: 'array' as const, items: LOOK },
        readersLeft: count,
        maySign: flag,
        notTried: text,
      },
      required: ['looks', 'readersLeft', 'maySign', 'notTried'],
    },
  },
  required: ['id', 'etag', 'drawnAt', 'method', 'sample', 'seedCheckpoint', 'signed', 'signatures'],
};

const MONTHS = {
  type: 'object' as const,
  properties: {
    items: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          unit: uuid,
          unitName: text,
          month: text,
          from: day,
          to: day,
          status: { ...text, enum: ['DUE', 'BREACH', 'SIGNED'] },
          dueOn: day,
          draws: { type: 'array' as const, items: DRAW },
        },
        required: ['unit', 'unitName', 'month', 'from', 'to', 'status', 'dueOn', 'draws'],
      },
    },
  },
  required: ['items'],
};

/** The systematic review of who has looked at whom: what is drawn, what stands out, who has signed. */
@ApiTags('Åtkomstlogg')
@Controller('log-reviews')
export class LogReviewController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @ApiOperation({
    summary: 'Loggkontrollerna, med vad som förfaller',
    operationId: 'listLogReviews',
    description:
      'En post för varje enhet och månad, senaste först. DUE till och med 31 dagar efter månaden, därefter BREACH, SIGNED när allt som lottats är genomgånget. Tom där ingen loggar in.',
  })
  @ApiOkResponse({ schema: MONTHS })
  @ApiProblemsBesides(answerProblems.UNKNOWN_UNIT)
  @Access({ row: 'log-review.read', about: 'list', act: 'LIST', shows: ['NAME', 'STATE', 'FREE_TEXT'] })
  @Get()
  list(@Query() { unit, month }: LogReviewsQuery, @Req() request: FastifyRequest): Promise<ReviewsAnswer> {
    return this.queries.execute(new ListLogReviews(unit?.toLowerCase(), month, askingIn(request)));
  }

  @ApiOperation({
    summary: drawStep.summary,
    operationId: 'drawLogReview',
    description: `${drawStep.description ?? ''} Registreras som \`LogReviewDrawn\`.`,
  })
  @ApiHeader({ name: 'X-Actor-Id', required: true, schema: text })
  @ApiHeader({ name: 'X-Actor-Role', required: true, schema: text })
  @ApiCreatedResponse({ type: LogReviewRecordedDto })
  @ApiProblems(
    httpProblems.VALIDATION_FAILED,
    httpProblems.ACTOR_REQUIRED,
    httpProblems.UNSUPPORTED_MEDIA_TYPE,
    answerProblems.UNKNOWN_UNIT,
    recordingProblems.ALREADY_EXISTS,
    accessLogProblems.LOG_REVIEWS_OFF,
    accessLogProblems.MONTH_NOT_REVIEWED,
    accessLogProblems.MONTH_NOT_SEALED,
    accessLogProblems.ALREADY_DRAWN,
  )
  @Access({ row: 'log-review.draw', about: 'log-review', act: 'WRITE', shows: [], records: 'LogReviewDrawn' })
  @Post()
  async draw(
    @Context() context: RequestContext,
    @Body(validationPipe(DrawLogReviewDto)) { unit, month, method = 'DAY' }: DrawLogReviewDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogReviewRecordedDto> {
    const answer = await this.commands.execute(new DrawLogReview(context, unit.toLowerCase(), month, method));
    return told(answer, reply);
  }

  @ApiOperation({
    summary: signStep.summary,
    operationId: 'signLogReview',
    description: `${signStep.description ?? ''} Registreras som \`LogReviewSigned\`.`,
  })
  @ApiHeader({ name: 'X-Actor-Id', required: true, schema: text })
  @ApiHeader({ name: 'X-Actor-Role', required: true, schema: text })
  @ApiHeader({ name: 'If-Match', required: true, description: 'ETag från senaste läsningen.', schema: text })
  @ApiCreatedResponse({ type: LogReviewRecordedDto })
  @ApiProblems(
    httpProblems.VALIDATION_FAILED,
    httpProblems.ACTOR_REQUIRED,
    httpProblems.UNSUPPORTED_MEDIA_TYPE,
    httpProblems.IF_MATCH_MALFORMED,
    httpProblems.IF_MATCH_REQUIRED,
    httpProblems.PRECONDITION_FAILED,
    answerProblems.UNKNOWN_LOG_REVIEW,
    recordingProblems.STREAM_FULL,
    recordingProblems.PERSON_FORGOTTEN,
    accessLogProblems.LOG_REVIEWS_OFF,
    accessLogProblems.REVIEW_NOT_YOURS,
    accessLogProblems.REVIEW_SIGNED,
  )
  @Access({ row: 'log-review.sign', about: 'log-review', act: 'WRITE', shows: [], records: 'LogReviewSigned' })
  @Post(':id/signing')
  async sign(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body(validationPipe(SignLogReviewDto)) said: SignLogReviewDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LogReviewRecordedDto> {
    if (!isId(id)) throw unknown('logReview', id);
    return told(
      await this.commands.execute(new SignLogReview(context, id.toLowerCase(), said, parseIfMatch(ifMatch))),
      reply,
    );
  }
}

/** As whom somebody asks who has signed in; undefined where nobody does. */
function askingIn({ actor, subject }: FastifyRequest): Asking | undefined {
  return actor && { id: actor.id, role: actor.role, staff: subject?.staff ?? [] };
}

function told({ stream, eventId, revision, consistencyToken }: StepAnswer, reply: FastifyReply): LogReviewRecordedDto {
  reply.header('etag', etagOf(BigInt(revision))).header('location', `/api/v1/entries/${eventId}`);
  return { id: stream.slice(stream.indexOf('-') + 1), eventId, consistencyToken };
}
