import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Level } from '../kernel/http/caller.js';
import type { Entrance } from '../kernel/http/entrance.js';
import { handledPath } from '../kernel/http/handled-path.js';
import { asksForPage } from '../kernel/http/pages-beside.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { isObservability } from '../kernel/observability/observed.js';
import { SessionsUnavailable } from '../kernel/sessions/session-store.js';
import { type AccessTokens, unauthenticated } from './access-tokens.js';
import { thumbprintOf } from './client-certificate.js';
import { type Address, cookieOf, SESSION } from './cookies.js';
import { ANSWER_PATH, LOGIN_PATH, LOGOUT_PATH } from './paths.js';
import type { Provider } from './provider.js';
import { purposeOf } from './purpose.js';
import type { Sessions } from './sessions.js';

export interface EntranceParts {
  readonly provider: Provider;
  readonly tokens: AccessTokens;
  readonly sessions: Sessions;
  readonly address: Address;
}

/** What everybody may ask: how to sign in, help, how accessible the pages are, what the API is, what its errors mean. */
const OPEN =
  /^\/(?:hjalp|tillganglighet|logga-in(?:\/svar)?|logga-ut|api\/docs(?:\/.*)?|api\/v1\/problems(?:\/[^/]*)?)$/;

/** The level that opening a person's data takes. */
const PERSONS: Level = 3;

/** Who acts follows from who has signed in; what a call says of it would be believed by nobody. */
const ACTOR_HEADERS = ['x-actor-id', 'x-actor-role', 'x-actor-unit'];

/**
 * The entrance of a register whose callers sign in: programs to the API with an access token, people to everything else
 * with a session. A session opens no call of the API, so that no page of another site can make one.
 */
export class SignInEntrance implements Entrance {
  readonly routes = [LOGIN_PATH, ANSWER_PATH, LOGOUT_PATH].map((path) => path.slice(1));

  constructor(private readonly parts: EntranceParts) {}

  async prepare(fastify: FastifyInstance): Promise<void> {
    await fastify.register(cookie);
    await fastify.register(csrfProtection, {
      // Its name for sessions that lie on the server, as ours do.
      sessionPlugin: '@fastify/session',
      getToken: ({ body }) => (body instanceof URLSearchParams ? (body.get('_csrf') ?? '') : ''),
    });
    fastify.decorateRequest('session');
    fastify.decorateRequest('csrfToken');
    // The token stands in the body, which has been read here and not before.
    fastify.addHook('preValidation', (request, reply, done) => {
      if (request.session && changes(request)) fastify.csrfProtection(request, reply, done);
      else done();
    });
  }

  async admit(request: FastifyRequest, reply: FastifyReply): Promise<Caller | undefined> {
    if (isObservability(request.routeOptions.url)) return undefined;
    const path = handledPath(request);
    // The page that says why nobody is let in has its style and its sign.
    if (path.startsWith('/filer/')) return undefined;
    await this.parts.provider.configuration();
    if (path === '/api' || path.startsWith('/api/')) {
      if (OPEN.test(path)) return undefined;
      return forThisCall(await this.bearer(request), request);
    }
    const holder = await this.holder(request, reply);
    if (holder) return forThisCall(holder, request);
    if (OPEN.test(path)) return undefined;
    if (changes(request) || !asksForPage(request)) throw unauthenticated();
    reply.redirect(`${LOGIN_PATH}?till=${encodeURIComponent(request.url)}`, 302);
    return undefined;
  }

  /** Who presents an access token. */
  private async bearer({ headers }: FastifyRequest): Promise<Omit<Caller, 'purpose'>> {
    const token = /^Bearer +(?<token>[A-Za-z0-9._~+/=-]+)$/i.exec(headers.authorization ?? '')?.groups?.['token'];
    if (token === undefined) throw unauthenticated();
    const certificate = headers['client-cert'];
    const { identity, session } = await this.parts.tokens.bearerOf(
      token,
      typeof certificate === 'string' ? thumbprintOf(certificate) : undefined,
    );
    return { ...identity, session };
  }

  /** Who holds a session. What she sends must come from a page of ours. */
  private async holder(request: FastifyRequest, reply: FastifyReply): Promise<Omit<Caller, 'purpose'> | undefined> {
    const address = this.parts.address.of(request);
    const held = request.cookies[cookieOf(SESSION, address).name];
    if (held === undefined) return undefined;
    const session = await orUnavailable(() => this.parts.sessions.find(held));
    if (!session) return undefined;
    if (changes(request)) mustComeFromHere(request, address);
    request.session = session;
    request.csrfToken = () => reply.generateCsrf();
    if (asksForPage(request) && !OPEN.test(handledPath(request)) && !changes(request))
      request.signInAgain = `${LOGIN_PATH}?niva=${PERSONS}&till=${encodeURIComponent(request.url)}`;
    return { ...session.identity, session: session.id };
  }
}

/** @throws Problem IDENTITY_UNAVAILABLE while sessions cannot be read or written */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SessionsUnavailable)) throw error;
    throw new Problem(httpProblems.IDENTITY_UNAVAILABLE, { headers: { 'retry-after': '5' } });
  }
}

function changes({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Browsers say where a call comes from; the form's token stands against those that do not. */
function mustComeFromHere({ headers }: FastifyRequest, address: string): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  if ((site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== address))
    throw new Problem(httpProblems.CROSS_SITE_REQUEST);
}

/** Who has signed in, and what she calls for. @throws Problem ACTOR_HEADERS_NOT_ALLOWED, VALIDATION_FAILED */
function forThisCall(caller: Omit<Caller, 'purpose'>, { headers }: FastifyRequest): Caller {
  // A gateway that takes a field away may leave it empty.
  if (ACTOR_HEADERS.some((name) => headers[name] !== undefined && headers[name] !== ''))
    throw new Problem(httpProblems.ACTOR_HEADERS_NOT_ALLOWED);
  return { ...caller, purpose: purposeOf(headers['x-purpose']) };
}
