import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A kind of error that callers can tell by its code. The code and the status never change; the Swedish texts may be
 * made clearer.
 */
export interface ProblemType {
  readonly code: string;
  readonly status: number;
  /** Swedish, short, the same for every occurrence. */
  readonly title: string;
  /** Swedish: what to do about it. An occurrence may say it more precisely. */
  readonly detail: string;
}

/** One wrong field of what was sent: where it stands and, in Swedish, what is wrong with it. Never the value. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What an occurrence says beyond its type. Nothing of it may be personal data. */
export interface Occurrence {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Header fields of the answer, such as the current ETag. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem document, such as the id that is unknown. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An error that is answered as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly type: ProblemType,
    readonly occurrence: Occurrence = {},
  ) {
    super(type.code);
  }
}

/** Answers a call with a problem before it reaches a handler. */
export type Refuse = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => void;

/** Where a caller reads what a kind of error means; it is the `type` of the problem document. */
export const PROBLEMS_PATH = '/api/v1/problems';

/**
 * The problem document of an occurrence.
 * @param correlationId also stands in the log, so that the two can be brought together
 */
export function problemDocument(
  type: ProblemType,
  occurrence: Occurrence,
  correlationId: string,
): Record<string, unknown> {
  return {
    type: `${PROBLEMS_PATH}/${type.code}`,
    title: type.title,
    status: type.status,
    detail: occurrence.detail ?? type.detail,
    instance: `urn:uuid:${correlationId}`,
    code: type.code,
    ...(occurrence.errors ? { errors: occurrence.errors } : {}),
    ...occurrence.members,
  };
}

/** Declares problem types by their codes; the object's keys are the codes. */
export function problemTypes<C extends string>(
  types: Readonly<Record<C, readonly [status: number, title: string, detail: string]>>,
): Readonly<Record<C, ProblemType>> {
  const entries = Object.entries<readonly [number, string, string]>(types).map(
    ([code, [status, title, detail]]) => [code, { code, status, title, detail }] as const,
  );
  return Object.fromEntries(entries) as Record<C, ProblemType>;
}
