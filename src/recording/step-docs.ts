import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { mayGiveAccess } from '../facts/access-given.js';
import { categoryOf } from '../kernel/event-sourcing/envelope.js';
import { httpProblems as http } from '../kernel/http/http-problems.js';
import { ApiProblems } from '../kernel/http/openapi.js';
import type { ProblemType } from '../kernel/http/problem.js';
import { answerProblems } from '../judgement/answer-problems.js';
import { ownAccessRefusals } from './own-access.js';
import { problemOfRefusal, recordingProblems as recording } from './recording-problems.js';
import { StepAnswerDto, StepPreviewDto } from './step-answer.dto.js';
import type { Step } from './step.js';

const UNKNOWN: Readonly<Record<string, ProblemType>> = {
  controller: answerProblems.UNKNOWN_CONTROLLER,
  policy: answerProblems.UNKNOWN_CONTROLLER,
  unit: answerProblems.UNKNOWN_UNIT,
  staff: answerProblems.UNKNOWN_STAFF,
  recipient: answerProblems.UNKNOWN_RECIPIENT,
  careEpisode: answerProblems.UNKNOWN_EPISODE,
  grant: answerProblems.UNKNOWN_GRANT,
  inspection: answerProblems.UNKNOWN_INSPECTION,
};

/** The errors that the command of a step can be answered with. */
export function problemsOf(step: Step): ProblemType[] {
  const { records, refusals = [] } = step;
  const category = records.categories?.[0];
  const existing = [
    http.IF_MATCH_MALFORMED,
    http.IF_MATCH_REQUIRED,
    category === undefined ? recording.UNKNOWN_EVENT : UNKNOWN[category],
    ...(category === undefined ? [] : [recording.STREAM_FULL]),
    recording.PERSON_FORGOTTEN,
  ];
  const made = records.defines ? [recording.ID_TAKEN] : [];
  return [
    http.BODY_TOO_DEEP,
    http.BODY_TOO_WIDE,
    http.DUPLICATE_MEMBER,
    http.VALIDATION_FAILED,
    http.ACTOR_REQUIRED,
    http.IDEMPOTENCY_KEY_MALFORMED,
    http.NOT_FOUND,
    http.PRECONDITION_FAILED,
    http.BODY_TOO_LARGE,
    http.UNSUPPORTED_MEDIA_TYPE,
    http.IDEMPOTENCY_KEY_REUSED,
    http.STALE_READ,
    recording.IMPOSSIBLE_DATE,
    recording.UNKNOWN_REFERENCE,
    ...(records.opens
      ? [
          http.IF_MATCH_MALFORMED,
          recording.ALREADY_EXISTS,
          ...(category === 'careEpisode' ? [recording.PERSON_FORGOTTEN] : []),
        ]
      : existing),
    ...made,
    ...(mayGiveAccess(records) ? Object.values(ownAccessRefusals).map(problemOfRefusal) : []),
    ...refusals.map(problemOfRefusal),
  ].filter((type) => type !== undefined);
}

/** Documents the route of a step: summary, example, parameters, answers, and every code that it can refuse with. */
export function ApiStep(step: Step): MethodDecorator & ClassDecorator {
  const params = [...step.path.matchAll(/:(\w+)/g)].map(([, name]) =>
    ApiParam({ name: name ?? '', schema: { type: 'string', format: 'uuid' } }),
  );
  const ifMatch = ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag från senaste läsningen. Krävs när strömmen redan finns (utom vid dryRun).',
    schema: { type: 'string' },
    example: '"3"',
  });
  return applyDecorators(
    ApiOperation({
      operationId: step.name.charAt(0).toLowerCase() + step.name.slice(1),
      summary: step.summary,
      description: [step.description, `Registreras som \`${step.records.type}\`.`].filter(Boolean).join(' '),
    }),
    ...params,
    ApiBody({ type: step.body, required: true, examples: { exempel: { value: step.example } } }),
    ApiHeader({
      name: 'X-Actor-Id',
      required: true,
      description: 'Den som gör det: ett id, aldrig ett namn.',
      schema: { type: 'string', pattern: '^[A-Za-z0-9._:/-]{1,100}$' },
      example: 'SE2321000016-1003',
    }),
    ApiHeader({
      name: 'X-Actor-Role',
      required: true,
      description: 'I vilken roll.',
      schema: { type: 'string', pattern: '^[A-Za-z0-9._:/-]{1,100}$' },
      example: 'UNIT_MANAGER',
    }),
    ...(step.records.opens ? [] : [ifMatch]),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Vad anroparen kallar kommandot. Samma nyckel och innehåll ger samma svar och en händelse.',
      schema: { type: 'string', pattern: '^[!-~]{1,200}$' },
    }),
    ApiExtraModels(StepAnswerDto, StepPreviewDto),
    ApiResponse({
      status: 201,
      description: 'Registrerat.',
      headers: {
        ETag: { description: 'Strömmens nya revision.', schema: { type: 'string' } },
        Location: { description: 'Det nya, eller händelsen.', schema: { type: 'string', format: 'uri-reference' } },
        'Idempotency-Replayed': {
          description: 'true när kommandot redan var utfört och svaret är det som gavs då.',
          schema: { type: 'string', enum: ['true'] },
        },
      },
      content: { 'application/json': { schema: { $ref: getSchemaPath(StepAnswerDto) } } },
    }),
    ApiResponse({
      status: 200,
      description: 'Förhandsgranskning (dryRun=true). Ingenting skrevs.',
      content: { 'application/json': { schema: { $ref: getSchemaPath(StepPreviewDto) } } },
    }),
    ApiProblems(...problemsOf(step)),
  );
}

/** What is read in a list alone: it has no address of its own, its entries have. */
const LISTED: ReadonlySet<string> = new Set(['grants', 'inspections']);

/** The path of what a step brought into being, or else of its event. */
export function locationOf(step: Step, stream: string, eventId: string): string {
  const [first = ''] = step.path.split('/');
  if (!step.records.opens || LISTED.has(first)) return `/api/v1/entries/${eventId}`;
  return `/api/v1/${first}/${stream.slice(categoryOf(stream).length + 1)}`;
}
