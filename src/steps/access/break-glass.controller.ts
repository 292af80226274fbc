import { Body, Controller, Inject, Module, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { GLASS_REASONS } from '../../facts/codes.js';
import { LONGEST_GLASS_MS } from '../../facts/types/access.js';
import { answerProblems } from '../../judgement/answer-problems.js';
import { loadPerson } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { codesOf } from '../../kernel/event-sourcing/codes.js';
import { CodeField, TextField } from '../../kernel/http/fields.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { Problem } from '../../kernel/http/problem.js';
import { Context, type RequestContext } from '../../kernel/http/request-context.js';
import { Access } from '../../kernel/http/route-access.js';
import { validationPipe } from '../../kernel/http/validation.js';
import { today } from '../../kernel/time/clock.js';
import { StepRecorder } from '../../recording/step-recorder.js';
import { problemOfRefusal, recordingProblems } from '../../recording/recording-problems.js';
import type { StepBody } from '../../recording/step-body.js';
import { routed } from '../../recording/step.js';
import { findByNumber } from './find-by-number.js';
import { breakGlassStep } from './people.js';

const [step] = routed({ 'recipients/:id/break-glass': breakGlassStep });

class BreakGlassDto {
  @TextField({
    description: 'Personens nummer, med sekel. Den som inte får se personen kan inte ange henne på annat sätt.',
    example: '191212121212',
    maxLength: 100,
  })
  identity: string;

  @CodeField(codesOf(GLASS_REASONS), { description: 'Vad nödåtkomsten behövs för.' })
  reasonCode: string;

  @TextField({ description: 'Varför. Läses av den som granskar nödåtkomsten.', example: 'Larmade utan att svara.' })
  reason: string;
}

class GlassBrokenDto {
  @ApiProperty({ format: 'uuid' })
  recipient: string;

  @ApiProperty({ format: 'date-time', description: 'När nödåtkomsten upphör.' })
  until: string;

  @ApiProperty({ format: 'uuid', description: 'Händelsen, som granskas efteråt.' })
  eventId: string;

  @ApiProperty({ description: 'Lämnas till en läsning som ska se händelsen.' })
  consistencyToken: string;
}

/**
 * Opens a person for a few hours to who works in care at her controller and may not see her otherwise. It lifts that
 * alone; and it is recorded on her, to be reviewed.
 */
@ApiTags('Omsorgstagare')
@Controller('recipients/break-glass')
export class BreakGlassController {
  constructor(
    @Inject(READ_SIDE) private readonly reads: ReadSide,
    private readonly recorder: StepRecorder,
  ) {}

  @Access({
    row: 'recipient.break-glass',
    about: 'list',
    act: 'BREAK_GLASS',
    shows: ['IDENTITY'],
    records: 'GlassBroken',
  })
  @Post()
  @ApiOperation({
    summary: breakGlassStep.summary,
    operationId: 'breakGlass',
    description:
      'För den som har en roll i omsorgen hos den personuppgiftsansvarige. Upphör av sig själv efter högst fyra timmar och granskas i efterhand. Ett nummer som ingen har och en person hos någon annan besvaras lika. Registreras som `GlassBroken`.',
  })
  @ApiHeader({ name: 'X-Actor-Id', required: true, schema: { type: 'string' } })
  @ApiHeader({ name: 'X-Actor-Role', required: true, schema: { type: 'string' } })
  @ApiCreatedResponse({ type: GlassBrokenDto })
  @ApiProblems(
    httpProblems.VALIDATION_FAILED,
    httpProblems.ACTOR_REQUIRED,
    httpProblems.UNSUPPORTED_MEDIA_TYPE,
    answerProblems.UNKNOWN_RECIPIENT,
    recordingProblems.PERSON_FORGOTTEN,
    recordingProblems.STREAM_FULL,
    ...(breakGlassStep.refusals ?? []).map(problemOfRefusal),
  )
  async breakGlass(
    @Context() context: RequestContext,
    @Body(validationPipe(BreakGlassDto)) { identity, reasonCode, reason }: BreakGlassDto,
  ): Promise<GlassBrokenDto> {
    const recipient = await this.meant(identity, context);
    const until = new Date(Date.parse(this.reads.clock.now()) + LONGEST_GLASS_MS).toISOString();
    const result = await this.recorder.record(step!, {
      context,
      params: { id: recipient },
      body: { reasonCode, reason, until } as StepBody,
      ifMatch: 'ANY',
      dryRun: false,
    });
    if (!('answer' in result)) throw new Error('a glass that is broken is not previewed');
    const { eventId, consistencyToken } = result.answer;
    return { recipient, until, eventId, consistencyToken };
  }

  /** @throws Problem UNKNOWN_RECIPIENT, the same for whoever is not there and for whoever is elsewhere */
  private async meant(identity: string, { acting }: RequestContext): Promise<string> {
    const found = await findByNumber(this.reads, { value: identity }, today(this.reads.clock));
    const own = found.filter(({ controller }) => !acting || acting.careAt.includes(controller));
    const [first] = own;
    if (!first) throw new Problem(answerProblems.UNKNOWN_RECIPIENT);
    const { recipients } = await loadPerson(this.reads, first.recipient);
    if (own.every(({ recipient }) => recipients.includes(recipient))) return first.recipient;
    // Ten digits may be of two people who were born a hundred years apart.
    throw new Problem(httpProblems.VALIDATION_FAILED, {
      errors: [{ path: 'identity', message: 'är flera personers: ange numret med tolv siffror' }],
    });
  }
}

/** The way to break a glass. Needs READ_SIDE and the recorder from a global module. */
@Module({ controllers: [BreakGlassController] })
export class BreakGlassModule {}
