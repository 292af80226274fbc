import type { FastifyRequest } from 'fastify';

/** What a call that opens a person is for. */
export const PURPOSES = ['DAILY', 'FOLLOW_UP', 'SUPERVISION', 'RECIPIENT_REQUEST', 'SUPPORT'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How sure the sign-in is of who it is; 3 is what opening a person's data takes. */
export type Level = 1 | 2 | 3 | 4;

/** Who calls, as the sign-in vouches for it. */
export interface Caller {
  /** Issuer and subject together name a person for good; neither is ever recorded on an event. */
  readonly issuer: string;
  readonly subject: string;
  readonly level: Level;
  /** The ids by which the national directory knows the employee, none for who has none. */
  readonly hsaIds: readonly string[];
  /** Shown to the caller herself only. */
  readonly name?: string;
  /** Tells one sign-in from another: a hash of the session's id, the token's `jti`, or a hash of the token. */
  readonly session: string;
  readonly purpose: Purpose;
  /** An integration that signs in by itself (client credentials), not a person. */
  readonly client?: true;
}

/**
 * The issuer of everybody whom the identity provider inside a demo signs in. It is the same on every machine and port,
 * so that a demo's data can name who holds a grant.
 */
export const DEMO_ISSUER = 'https://demo.invalid';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
    /** What a form of a page sends as `_csrf`, so that another site's form is told from it; absent without a session. */
    csrfToken?: () => string;
    /** Where somebody is sent who asks for a page and has not signed in surely enough for it. */
    signInAgain?: string;
  }
}

/** Who makes a call; undefined where nobody signs in (`AUTH=none`). */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): Caller | undefined {
  return request.caller;
}
