import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../event-sourcing/envelope.js';
import { isId } from '../id-form.js';
import { type Caller, callerOf } from './caller.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

/**
 * Who calls, in which call. Until callers are authenticated the actor is what the gateway in front says in two header
 * fields.
 */
export interface RequestContext {
  readonly actor: Actor;
  /** Whether the caller may know that a recipient is there; absent where everybody may know everything. */
  readonly seesRecipient?: SeesRecipient;
  /** Stands in the answer, in the log and on the events that the call gives rise to. */
  readonly correlationId: string;
  /** Who that is by the sign-in; undefined where nobody signs in. */
  readonly acting?: Acting;
}

/** By what somebody is known who has signed in. Nothing of it is recorded on an event. */
export interface Acting extends Pick<Caller, 'issuer' | 'subject' | 'hsaIds' | 'client'> {
  /** Ids of the employees that she is, besides the one as whom she acts. */
  readonly staff: readonly string[];
  /** Ids of the controllers at whom she has a role in care. */
  readonly careAt: readonly string[];
}

export type SeesRecipient = (recipient: string) => Promise<boolean>;

declare module 'fastify' {
  interface FastifyRequest {
    /** As whom a call acts that somebody makes who has signed in. */
    actor?: Actor;
    /** Ids of all staff members that she is. */
    actingStaff?: readonly string[];
    /** Ids of the controllers at whom she has a role in care. */
    careAt?: readonly string[];
    seesRecipient?: SeesRecipient;
  }
}

/** An id or a role: never a name or an address, which would be personal data outside the sealed fields. */
const TOKEN = /^[A-Za-z0-9._:/-]{1,100}$/;

/**
 * The acting person: by the sign-in and the role that it gives, or where nobody signs in from `X-Actor-Id` and
 * `X-Actor-Role`, and where given `X-Actor-Unit` and `X-On-Behalf-Of`.
 * @throws Problem ACTOR_REQUIRED when one of the pair is missing, or any of them has another form
 */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor) {
    const onBehalfOf = field(request, 'x-on-behalf-of');
    return { ...request.actor, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
  }
  const [id, role, unit, onBehalfOf] = ['x-actor-id', 'x-actor-role', 'x-actor-unit', 'x-on-behalf-of'].map((name) =>
    field(request, name),
  );
  if (id === undefined || role === undefined) throw new Problem(httpProblems.ACTOR_REQUIRED);
  return { id, role, ...(unit === undefined ? {} : { unit }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}

/** Whom a call is counted for: who has signed in, else the address that it comes from. */
export function countedFor(request: FastifyRequest): string {
  const { caller } = request;
  return caller ? `caller ${caller.issuer} ${caller.subject}` : `address ${request.ip}`;
}

/**
 * The same where nobody signs in: the actor that the gateway names, since behind it all calls come from one address;
 * else the address. With what cannot be an id a caller does not become somebody else.
 */
export function countedWithoutSignIn(request: FastifyRequest): string {
  const actor = request.headers['x-actor-id'];
  return typeof actor === 'string' && TOKEN.test(actor) ? `actor ${actor}` : `address ${request.ip}`;
}

function field(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || !TOKEN.test(value)) throw new Problem(httpProblems.ACTOR_REQUIRED);
  return value;
}

/** Gives a handler the {@link RequestContext} of its call; a call without an actor does not reach the handler. */
export const Context = createParamDecorator((_: unknown, execution: ExecutionContext): RequestContext => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  const { seesRecipient, actingStaff = [], careAt = [] } = request;
  const caller = callerOf(request);
  return {
    actor: actorOf(request),
    correlationId: request.id,
    ...(caller ? { acting: { ...caller, staff: actingStaff, careAt } } : {}),
    ...(seesRecipient ? { seesRecipient } : {}),
  };
});

/** The call's id: the caller's own `X-Correlation-Id` when it is a UUID, else a fresh one. */
export function correlationIdOf(given: unknown, fresh: () => string): string {
  return isId(given) ? given.toLowerCase() : fresh();
}
