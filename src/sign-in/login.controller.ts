import { Controller, Get, Header, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Level } from '../kernel/http/caller.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { Access } from '../kernel/http/route-access.js';
import { type Address, cookieOf, LOGIN, SESSION } from './cookies.js';
import { orUnavailable } from './entrance.js';
import { LOGIN_S, type Logins } from './logins.js';
import { ANSWER_PATH, LOGIN_PATH, LOGOUT_PATH } from './paths.js';
import { attribute, plainPage } from './plain-page.js';
import type { Sessions } from './sessions.js';

export interface LoginParts {
  readonly logins: Logins;
  readonly sessions: Sessions;
  readonly address: Address;
}

/** The injection token of the {@link LoginParts}. */
export const LOGIN_PARTS = Symbol('LOGIN_PARTS');

/** Where people sign in and out. The provider asks who they are; what is kept of it lies here. */
@ApiExcludeController()
@Controller()
export class LoginController {
  constructor(@Inject(LOGIN_PARTS) private readonly parts: LoginParts) {}

  /** Sends the browser to the provider. */
  @Access({ row: 'self.sign-in', about: 'self', act: 'NONE', shows: [] })
  @Get(LOGIN_PATH)
  async begin(
    @Query('till') to: unknown,
    @Query('niva') level: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const address = this.parts.address.of(request);
    const errand = { to: ownPath(to), ...(isLevel(level) ? { level: Number(level) as Level } : {}) };
    const { url, held } = await this.parts.logins.begin(errand, address);
    const { name, options } = cookieOf(LOGIN, address);
    void reply.setCookie(name, held, { ...options, maxAge: LOGIN_S });
    void reply.redirect(url, 303);
  }

  /** Takes the browser back from the provider, and gives it a session of a number that it never had. */
  @Access({ row: 'self.sign-in', about: 'self', act: 'LOGIN', shows: [] })
  @Get(ANSWER_PATH)
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { logins, sessions, address: reached } = this.parts;
    const address = reached.of(request);
    const login = cookieOf(LOGIN, address);
    const session = cookieOf(SESSION, address);
    const held = request.cookies[login.name];
    void reply.clearCookie(login.name, login.options);
    if (held === undefined) throw new Problem(httpProblems.SIGN_IN_FAILED);
    const { to, level, ...data } = await logins.finish(request.url, held, address);
    // Whoever was sent to be known more surely keeps what she had.
    if (level !== undefined && data.identity.level < level) throw new Problem(httpProblems.LEVEL_TOO_LOW);
    const before = request.cookies[session.name];
    const begun = await orUnavailable(async () => {
      if (before !== undefined) await sessions.end(before);
      return sessions.begin(data);
    });
    // Whoever writes down that somebody signed in is to know who it was.
    request.caller = { ...data.identity, session: begun.id, purpose: 'DAILY' };
    void reply.setCookie(session.name, begun.cookie, session.options);
    void reply.redirect(to, 303);
  }

  /** Ends the session here, and sends the browser to end that of the provider. */
  @Access({ row: 'self.sign-out', about: 'self', act: 'NONE', shows: [] })
  @Post(LOGOUT_PATH)
  @HttpCode(200)
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { logins, sessions, address: reached } = this.parts;
    const address = reached.of(request);
    const { name, options } = cookieOf(SESSION, address);
    const held = request.cookies[name];
    if (held !== undefined) await orUnavailable(() => sessions.end(held));
    void reply.clearCookie(name, options);
    const url = await logins.endUrl(request.session?.idToken, address);
    // Not a redirect: the pages let no form lead to another site, and browsers hold a redirect to that too.
    void reply
      .type('text/html; charset=utf-8')
      .send(url === undefined ? SIGNED_OUT : plainPage('Du loggas ut', leading('Avsluta utloggningen', url), url));
  }

  /** Asks whether to sign out, since a link ends nothing; says so where nobody is signed in any more. */
  @Access({ row: 'self.sign-out', about: 'self', act: 'NONE', shows: [] })
  @Get(LOGOUT_PATH)
  @Header('content-type', 'text/html; charset=utf-8')
  // Without one a browser does not say where the form comes from.
  @Header('referrer-policy', 'same-origin')
  ask(@Req() { csrfToken }: FastifyRequest): string {
    if (!csrfToken) return SIGNED_OUT;
    const token = `<input type="hidden" name="_csrf" value="${attribute(csrfToken())}">`;
    return plainPage(
      'Logga ut?',
      `<form method="post" action="${LOGOUT_PATH}">${token}<button>Logga ut</button></form>`,
    );
  }
}

const SIGNED_OUT = plainPage('Du är utloggad', leading('Logga in igen', '/'));

function leading(text: string, url: string): string {
  return `<p><a href="${attribute(url)}">${text}</a></p>`;
}

/** A path of the register: what leads to another site would lend it the trust of the login. */
function ownPath(given: unknown): string {
  return typeof given === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) && !given.startsWith('/logga-')
    ? given
    : '/';
}

function isLevel(given: unknown): boolean {
  return given === '2' || given === '3' || given === '4';
}
