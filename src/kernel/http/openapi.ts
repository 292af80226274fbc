import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { httpProblems } from './http-problems.js';
import type { ProblemType } from './problem.js';

class FieldErrorDto {
  @ApiProperty({ description: 'Var felet sitter, till exempel attendees[0].kind.', example: 'effectiveOn' })
  path: string;

  @ApiProperty({ description: 'Vad som är fel, på svenska.', example: 'ska vara ett datum, ÅÅÅÅ-MM-DD' })
  message: string;
}

/** The body of every error (RFC 9457), for the documentation. */
export class ProblemDto {
  @ApiProperty({
    format: 'uri-reference',
    description: 'Felets slag. Adressen svarar med vad det betyder.',
    example: '/api/v1/problems/VALIDATION_FAILED',
  })
  type: string;

  @ApiProperty({ example: 'Uppgifterna följer inte formatet' })
  title: string;

  @ApiProperty({ type: 'integer', example: 400 })
  status: number;

  @ApiProperty({ description: 'Vad som ska göras, på svenska.' })
  detail: string;

  @ApiProperty({
    format: 'uri',
    description: 'Anropets id. Samma id står i loggen.',
    example: 'urn:uuid:0b6a4c1e-6d4f-4f3a-9a51-6c35c1b7c001',
  })
  instance: string;

  @ApiProperty({ description: 'Stabil kod. Den ändras aldrig.', example: 'VALIDATION_FAILED' })
  code: string;

  @ApiProperty({ type: FieldErrorDto, isArray: true, required: false, description: 'De fält som är fel.' })
  errors?: FieldErrorDto[];
}

/** Errors that every call can be answered with. */
const ALWAYS: readonly ProblemType[] = [
  httpProblems.MALFORMED_REQUEST,
  httpProblems.ACTOR_HEADERS_NOT_ALLOWED,
  httpProblems.UNAUTHENTICATED,
  httpProblems.LEVEL_TOO_LOW,
  httpProblems.RATE_LIMITED,
  httpProblems.HEADERS_TOO_LARGE,
  httpProblems.INTERNAL_ERROR,
  httpProblems.ENTRY_UNREADABLE,
  httpProblems.STREAM_TRUNCATED,
  httpProblems.STREAM_DELETED,
  httpProblems.STREAM_LIMITED,
  httpProblems.STORE_UNAVAILABLE,
  httpProblems.IDENTITY_UNAVAILABLE,
  httpProblems.OVERLOADED,
  httpProblems.HOST_NOT_SERVED,
  httpProblems.EXPECTATION_FAILED,
  httpProblems.STOPPING,
];

/**
 * Documents the errors of an operation: one response per status, which names every code that it can carry. The errors
 * that any call can have are added.
 */
export function ApiProblems(...types: readonly ProblemType[]): MethodDecorator & ClassDecorator {
  const responses = Object.entries(problemResponses(types)).map(([status, response]) =>
    ApiResponse({ status: Number(status), ...response }),
  );
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}

/** Documents errors of a question besides those that every question can be answered with. */
export function ApiProblemsBesides(...types: readonly ProblemType[]): MethodDecorator {
  const responses = types.map((type) => ApiResponse({ status: type.status, ...problemResponse([type]) }));
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}

/** The responses of errors, by status. */
export function problemResponses(types: readonly ProblemType[]): Record<string, ReturnType<typeof problemResponse>> {
  const byStatus = new Map<number, Map<string, ProblemType>>();
  for (const type of [...types, ...ALWAYS])
    byStatus.set(type.status, (byStatus.get(type.status) ?? new Map<string, ProblemType>()).set(type.code, type));
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, ofStatus]) => [status, problemResponse([...ofStatus.values()])]),
  );
}

function problemResponse(types: readonly ProblemType[]) {
  return {
    description: types.map(({ code, title }) => `\`${code}\`: ${title}.`).join(' '),
    headers: {
      'X-Correlation-Id': { description: 'Anropets id.', schema: { type: 'string' as const, format: 'uuid' } },
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: getSchemaPath(ProblemDto) },
            {
              type: 'object' as const,
              properties: { code: { type: 'string' as const, enum: types.map(({ code }) => code) } },
            },
          ],
        },
      },
    },
  };
}
