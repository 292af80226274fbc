import { createHash } from 'node:crypto';
import { Body, Controller, Get, Module, Post, Req } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { openRegister, type Register } from '../../src/app/register.js';
import { type Caller, callerOf, DEMO_ISSUER } from '../../src/kernel/http/caller.js';
import { httpProblems } from '../../src/kernel/http/http-problems.js';
import { Problem } from '../../src/kernel/http/problem.js';
import { createHttpApp } from '../../src/kernel/http/http-app.js';
import { signInByDemo } from '../../src/sign-in/demo/demo-sign-in.js';
import type { HeldRole } from '../../src/sign-in/demo/demo-persons.js';
import type { SignIn } from '../../src/sign-in/sign-in.js';
import { Browser } from '../support/browser.js';
import { NOW } from './commands.harness.js';
import { FixedClock } from '../../src/kernel/time/clock.js';

jest.setTimeout(60_000);

let reached: (Caller | undefined)[] = [];

@Controller('sida')
class ProbeController {
  @Get()
  look(@Req() request: FastifyRequest) {
    reached.push(callerOf(request));
    return { token: request.csrfToken?.() };
  }

  @Get('person')
  open() {
    throw new Problem(httpProblems.LEVEL_TOO_LOW);
  }

  @Post()
  send(@Req() request: FastifyRequest, @Body() body: unknown) {
    reached.push(callerOf(request));
    return { body: body instanceof URLSearchParams ? Object.fromEntries(body) : body };
  }
}

@Controller('inne')
class ApiController {
  @Get()
  look(@Req() request: FastifyRequest) {
    reached.push(callerOf(request));
    return {};
  }
}

@Module({ controllers: [ProbeController, ApiController] })
class ProbeModule {}

const MANAGER_HSA = 'SE2321000016-1003';

/** A register with pages on which people sign in, and its own provider inside. */
class Served {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly signIn: SignIn,
    private readonly register: Register,
    readonly url: string,
    private readonly clock: { now: number },
  ) {}

  static async start(): Promise<Served> {
    const register = await openRegister(
      { dataDir: '.', eventStore: 'memory', viewStore: 'memory' },
      { clock: new FixedClock(NOW), follow: true, judge: (local) => local },
    );
    await recordManager(register);
    const clock = { now: Date.now() };
    const logger = pino({ level: 'silent' });
    const rolesOf = async ({ hsaIds }: Caller): Promise<readonly HeldRole[]> =>
      hsaIds.includes(MANAGER_HSA)
        ? [
            { role: 'UNIT_MANAGER', units: [UNIT] },
            { role: 'CARE_STAFF', units: [UNIT] },
          ]
        : [];
    const signIn = await signInByDemo(
      { dataDir: '.', eventStore: 'memory', viewStore: 'memory', host: '127.0.0.1' },
      { reads: register, rolesOf },
      { logger, now: () => clock.now },
    );
    const app = await createHttpApp({ module: ProbeModule, imports: [signIn.module] }, logger, {
      entrance: signIn.entrance,
      pages: {
        routes: ['sida', 'sida/person'],
        problemPage: ({ type }) => ({ html: type.code, headers: { 'content-type': 'text/html' } }),
      },
    });
    await app.listen(0, '127.0.0.1');
    return new Served(app, signIn, register, (await app.getUrl()).replace('[::1]', '127.0.0.1'), clock);
  }

  pass(milliseconds: number): void {
    this.clock.now += milliseconds;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.signIn.close();
    await this.register.close();
  }
}

const CONTROLLER = '10000000-0000-4000-8000-000000000001';
const UNIT = '10000000-0000-4000-8000-000000000002';
const MANAGER = '10000000-0000-4000-8000-000000000003';

async function recordManager(register: Register): Promise<void> {
  const actor = { id: 'test', role: 'TEST' };
  const fact = (id: string, type: string, stream: string, data: Record<string, unknown>) => ({
    id: `20000000-0000-4000-8000-00000000000${id}`,
    type,
    stream,
    effectiveOn: '2026-01-01',
    actor,
    controller: CONTROLLER,
    data,
  });
  const facts = [
    fact('1', 'ControllerRegistered', `controller-${CONTROLLER}`, {
      name: 'Testby',
      kind: 'MUNICIPAL',
      orgNumber: '212000-0001',
    }),
    fact('2', 'StaffRegistered', `staff-${MANAGER}`, {
      controller: CONTROLLER,
      unit: UNIT,
      name: 'Maja <Berg>',
      hsaId: MANAGER_HSA,
    }),
    fact('3', 'UnitOpened', `unit-${UNIT}`, {
      controller: CONTROLLER,
      name: 'Norr',
      careForms: ['HOME_CARE'],
      manager: MANAGER,
    }),
  ];
  for (const one of facts) {
    const subject = one.stream.slice(one.stream.indexOf('-') + 1);
    await register.log.append(one.stream, 'ANY', [{ ...one, subject }]);
  }
  await register.waitFor(await register.store.head(), 5_000);
}

let served: Served;
beforeAll(async () => {
  served = await Served.start();
});
afterAll(() => served.close());
beforeEach(() => {
  reached = [];
});

/** Signs somebody in by the whole flow; @returns the last page that the browser is shown */
async function signIn(
  browser: Browser,
  person = 'unit-manager',
  from = '/sida?a=1',
): Promise<Awaited<ReturnType<Browser['open']>>> {
  const picker = await browser.open(`${served.url}${from}`);
  expect(picker.text).toContain('Vem vill du vara?');
  const action = new RegExp(`action="([^"]*person=${person})"`).exec(picker.text)?.[1] ?? '';
  return browser.open(new URL(action, picker.url).href, { method: 'POST' });
}

describe('somebody who is not signed in', () => {
  it('is sent to sign in where she asked for a page, and back to that page', async () => {
    const browser = new Browser();
    const first = await browser.call(`${served.url}/sida?a=1`);
    expect([first.status, first.to]).toEqual([302, `${served.url}/logga-in?till=%2Fsida%3Fa%3D1`]);
    const shown = await signIn(browser);
    expect([shown.status, shown.url]).toEqual([200, `${served.url}/sida?a=1`]);
    expect(reached).toEqual([
      {
        issuer: DEMO_ISSUER,
        subject: MANAGER_HSA,
        hsaIds: [MANAGER_HSA],
        name: 'Maja <Berg>',
        level: 3,
        session: expect.any(String),
        purpose: 'DAILY',
      },
    ]);
  });

  it('is told so where no page was asked for, and sends nothing', async () => {
    const json = await new Browser().call(`${served.url}/sida`, { headers: { Accept: 'application/json' } });
    expect([json.status, JSON.parse(json.text)]).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
    expect(await new Browser().call(`${served.url}/sida`, { method: 'POST', form: { a: '1' } })).toMatchObject({
      status: 401,
    });
    expect(reached).toEqual([]);
  });

  it('is led to no other site by what stands in the address', async () => {
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/logga-ut',
      '/ü',
    ]) {
      const shown = await signIn(new Browser(), 'unit-manager', `/logga-in?till=${encodeURIComponent(to)}`);
      expect(shown.url).toBe(`${served.url}/`);
    }
  });

  it('is offered persons of the data, with what she may be, in Swedish and safely', async () => {
    const picker = await new Browser().open(`${served.url}/sida`);
    expect(picker.text).toContain('<html lang="sv">');
    expect(picker.text).toContain('<strong>Maja &lt;Berg&gt;</strong><span>Enhetschef, Norr</span>');
    expect(picker.text).toContain('Enhetschef, Norr, med för låg tillitsnivå (2)');
  });
});

describe('a session', () => {
  it('is held by a cookie that scripts cannot read and other sites do not send', async () => {
    const browser = new Browser();
    const set: string[] = [];
    let seen = await browser.call(`${served.url}/sida`);
    for (let hops = 0; hops < 20; hops += 1) {
      set.push(...seen.set.filter((cookie) => cookie.startsWith('fok')));
      const action = /action="([^"]*person=unit-manager)"/.exec(seen.text)?.[1];
      if (seen.to !== undefined) seen = await browser.call(seen.to);
      else if (action !== undefined) seen = await browser.call(`${served.url}${action}`, { method: 'POST' });
    }
    expect(set).toEqual([
      expect.stringMatching(/^fok-in=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^fok-in=; Max-Age=0; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^fok=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('is marked Secure and bound to its host where the register is called by https', async () => {
    const { cookieOf, SESSION, LOGIN } = await import('../../src/sign-in/cookies.js');
    for (const [which, name] of [
      [SESSION, '__Host-fok'],
      [LOGIN, '__Host-fok-in'],
    ] as const)
      expect(cookieOf(which, 'https://registret.example')).toEqual({
        name,
        options: { path: '/', httpOnly: true, sameSite: 'lax', secure: true },
      });
  });

  it('has a number that no browser had before it signed in', async () => {
    const browser = new Browser();
    const planted = Buffer.alloc(32, 7).toString('base64url');
    browser.plant('fok', planted);
    await signIn(browser);
    const first = browser.cookie('fok');
    expect(first).not.toBe(planted);
    // Signing in again leaves nothing of the session before.
    await browser.open(`${served.url}/logga-in?till=/sida`);
    const second = browser.cookie('fok');
    expect(second).not.toBe(first);
    const old = new Browser();
    old.plant('fok', first ?? '');
    expect((await old.call(`${served.url}/sida`)).status).toBe(302);
  });

  it('does not open the API', async () => {
    const browser = new Browser();
    await signIn(browser);
    reached = [];
    // However its path is written.
    for (const path of ['/api/v1/inne', '/%61pi/v1/inne', '/api/v1/%69nne', '/api/v1/nothing'])
      expect([path, (await browser.call(`${served.url}${path}`)).status]).toEqual([path, 401]);
    expect(reached).toEqual([]);
  });

  it('is over after half an hour without use, and after ten hours of use', async () => {
    const [idle, busy] = [new Browser(), new Browser()];
    for (const browser of [idle, busy]) await signIn(browser);
    const open = (browser: Browser) => browser.call(`${served.url}/sida`).then(({ status }) => status);
    served.pass(29 * 60_000);
    expect([await open(idle), await open(busy)]).toEqual([200, 200]);
    served.pass(29 * 60_000);
    expect(await open(busy)).toBe(200);
    served.pass(60_000);
    expect([await open(idle), await open(busy)]).toEqual([302, 200]);
    for (let minutes = 60; minutes < 599; minutes += 29) {
      expect(await open(busy)).toBe(200);
      served.pass(29 * 60_000);
    }
    expect(await open(busy)).toBe(302);
  });

  it('lies in the store as nothing that opens it or says whose it is', async () => {
    const { SqliteSessionStore } = await import('../../src/kernel/sessions/sqlite-session-store.js');
    const { Sessions } = await import('../../src/sign-in/sessions.js');
    const store = await SqliteSessionStore.open(':memory:');
    const kept: { id: string; sealed: Uint8Array }[] = [];
    const spied = Object.assign(Object.create(store) as typeof store, {
      add: async (session: Parameters<typeof store.add>[0]) => {
        kept.push(session);
        await store.add(session);
      },
    });
    const sessions = new Sessions(spied);
    const identity = {
      issuer: 'https://idp.example',
      subject: 'maja',
      level: 3,
      hsaIds: [MANAGER_HSA],
      name: 'Maja',
    } as const;
    const { cookie, id } = await sessions.begin({ identity, idToken: 'eyJ.a.b' });
    const [row] = kept;
    const bytes = Buffer.concat([Buffer.from(row?.id ?? ''), row?.sealed ?? Buffer.alloc(0)]).toString('latin1');
    for (const word of ['maja', 'Maja', MANAGER_HSA, 'eyJ', cookie]) expect(bytes).not.toContain(word);
    expect([row?.id, id]).toEqual([createHash('sha256').update(cookie).digest('base64url'), row?.id]);
    expect(await sessions.find(cookie)).toMatchObject({ identity, idToken: 'eyJ.a.b' });
    expect(await sessions.find(row?.id ?? '')).toBeUndefined();
    await store.close();
  });
});

describe('what somebody who has signed in sends', () => {
  async function form(browser: Browser): Promise<string> {
    const { text } = await browser.call(`${served.url}/sida`, { headers: { Accept: 'text/html' } });
    return (JSON.parse(text) as { token: string }).token;
  }

  it('is taken with the token of her form', async () => {
    const browser = new Browser();
    await signIn(browser);
    const _csrf = await form(browser);
    reached = [];
    const said: Record<string, string>[] = [{}, { Origin: served.url }, { 'Sec-Fetch-Site': 'same-origin' }];
    for (const headers of said)
      expect(
        await browser.call(`${served.url}/sida`, { method: 'POST', form: { _csrf, a: '1' }, headers }),
      ).toMatchObject({
        status: 201,
      });
    expect(reached).toHaveLength(3);
  });

  it.each([
    ['without a token', {}, {}],
    ['with a wrong token', { _csrf: 'abc' }, {}],
    ['from another site', { own: true }, { 'Sec-Fetch-Site': 'cross-site' }],
    ['from another register of the same site', { own: true }, { 'Sec-Fetch-Site': 'same-site' }],
    ['from another origin', { own: true }, { Origin: 'https://evil.example' }],
    ['from a page without an origin', { own: true }, { Origin: 'null' }],
  ])('%s is refused, and reaches no handler', async (_, fields, headers) => {
    const browser = new Browser();
    await signIn(browser);
    const sent = 'own' in fields ? { _csrf: await form(browser) } : fields;
    reached = [];
    const answer = await browser.call(`${served.url}/sida`, {
      method: 'POST',
      form: sent as Record<string, string>,
      headers: { Accept: 'application/json', ...(headers as Record<string, string>) },
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      expect.objectContaining({ code: 'CROSS_SITE_REQUEST' }),
    ]);
    expect(reached).toEqual([]);
  });

  it("with another session's token is refused, and as JSON", async () => {
    const [maja, other] = [new Browser(), new Browser()];
    for (const browser of [maja, other]) await signIn(browser);
    const _csrf = await form(other);
    reached = [];
    expect((await maja.call(`${served.url}/sida`, { method: 'POST', form: { _csrf } })).status).toBe(403);
    const json = await fetch(`${served.url}/sida`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: `fok=${maja.cookie('fok')}` },
      body: JSON.stringify({ _csrf: await form(maja) }),
    });
    expect(json.status).toBe(403);
    expect(reached.filter((caller) => caller)).toHaveLength(1);
  });
});

describe('signing out', () => {
  it('ends the session here, and leads to the end of that of the provider', async () => {
    const browser = new Browser();
    await signIn(browser);
    const held = browser.cookie('fok') ?? '';
    const { text } = await browser.call(`${served.url}/sida`);
    const { token } = JSON.parse(text) as { token: string };
    expect((await browser.call(`${served.url}/logga-ut`, { method: 'POST', form: {} })).status).toBe(403);
    // A link ends nothing: it asks.
    const question = await browser.call(`${served.url}/logga-ut`);
    expect(question.text).toMatch(
      /<form method="post" action="\/logga-ut"><input type="hidden" name="_csrf" value="[^"]+">/,
    );
    expect((await browser.call(`${served.url}/sida`)).status).toBe(200);
    const out = await browser.call(`${served.url}/logga-ut`, { method: 'POST', form: { _csrf: token } });
    expect([out.status, browser.cookie('fok')]).toEqual([200, undefined]);
    const next = (/url=([^"]+)"/.exec(out.text)?.[1] ?? '').replaceAll('&amp;', '&');
    expect(next).toMatch(/\/demo\/session\/end\?.*post_logout_redirect_uri=.*id_token_hint=/);
    const asked = await browser.open(next);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const ended = await browser.open(new URL(action, asked.url).href, {
      method: 'POST',
      form: { xsrf, logout: 'yes' },
    });
    expect([ended.url.split('?')[0], ended.text]).toEqual([
      `${served.url}/logga-ut`,
      expect.stringContaining('Du är utloggad'),
    ]);
    // The provider asks anew who it is, and the old cookie opens nothing.
    expect((await browser.open(`${served.url}/sida`)).text).toContain('Vem vill du vara?');
    const thief = new Browser();
    thief.plant('fok', held);
    expect((await thief.call(`${served.url}/sida`)).status).toBe(302);
  });
});

describe('a level that does not suffice', () => {
  it('is asked for again with the levels that do, and refused when it comes back', async () => {
    const browser = new Browser();
    await signIn(browser, 'unit-manager-2');
    expect(reached.at(-1)?.level).toBe(2);
    const before = browser.cookie('fok');
    const again = await browser.call(`${served.url}/logga-in?niva=3&till=/sida`);
    const asked = new URL(again.to ?? '').searchParams;
    expect([asked.get('acr_values'), asked.get('prompt')]).toEqual(['urn:fok:demo:loa3', 'login']);
    const picker = await browser.open(again.to ?? '');
    const choose = (person: string) =>
      new URL(new RegExp(`action="([^"]*person=${person})"`).exec(picker.text)?.[1] ?? '', picker.url).href;
    const low = await browser.open(choose('unit-manager-2'), { method: 'POST', headers: { Accept: 'text/html' } });
    expect([low.status, low.text]).toEqual([403, 'LEVEL_TOO_LOW']);
    // She keeps what she had.
    expect(browser.cookie('fok')).toBe(before);
    await signIn(browser, 'unit-manager', '/logga-in?niva=3&till=/sida');
    expect(reached.at(-1)?.level).toBe(3);
  });

  it('leads from the page that needs more to the sign-in, and is an error to everybody else', async () => {
    const browser = new Browser();
    await signIn(browser, 'unit-manager-2');
    const page = await browser.call(`${served.url}/sida/person?a=1`);
    expect([page.status, page.to]).toEqual([
      303,
      `${served.url}/logga-in?niva=3&till=${encodeURIComponent('/sida/person?a=1')}`,
    ]);
    const program = await browser.call(`${served.url}/sida/person`, { headers: { Accept: 'application/json' } });
    expect([program.status, JSON.parse(program.text)]).toEqual([
      403,
      expect.objectContaining({ code: 'LEVEL_TOO_LOW' }),
    ]);
  });
});

describe('an answer of the provider', () => {
  async function begun(browser: Browser): Promise<URLSearchParams> {
    const { to } = await browser.call(`${served.url}/logga-in?till=/sida`);
    return new URL(to ?? '').searchParams;
  }

  it('asks with PKCE, state and nonce, for the levels that are accepted', async () => {
    const asked = await begun(new Browser());
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThanOrEqual(43);
    expect(asked.get('acr_values')).toBe('urn:fok:demo:loa3 urn:fok:demo:loa2');
    expect(asked.get('redirect_uri')).toBe(`${served.url}/logga-in/svar`);
    const other = await begun(new Browser());
    expect(other.get('state')).not.toBe(asked.get('state'));
  });

  it.each([
    ['without the login that it belongs to', async () => ({ browser: new Browser(), query: 'code=a&state=b' })],
    [
      'of another state',
      async () => {
        const browser = new Browser();
        await begun(browser);
        return { browser, query: 'code=a&state=b' };
      },
    ],
    [
      'with a code that the provider does not know',
      async () => {
        const browser = new Browser();
        const state = (await begun(browser)).get('state') ?? '';
        return { browser, query: `code=a&state=${state}&iss=${encodeURIComponent(DEMO_ISSUER)}` };
      },
    ],
    [
      'that says no',
      async () => {
        const browser = new Browser();
        const state = (await begun(browser)).get('state') ?? '';
        return { browser, query: `error=access_denied&state=${state}` };
      },
    ],
    [
      'of a login that somebody has changed',
      async () => {
        const browser = new Browser();
        const state = (await begun(browser)).get('state') ?? '';
        browser.plant('fok-in', `${browser.cookie('fok-in')?.slice(0, -3)}AAA`);
        return { browser, query: `code=a&state=${state}` };
      },
    ],
  ])('%s signs nobody in', async (_, make) => {
    const { browser, query } = await make();
    const answer = await browser.call(`${served.url}/logga-in/svar?${query}`, {
      headers: { Accept: 'application/json' },
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      expect.objectContaining({ code: 'SIGN_IN_FAILED' }),
    ]);
    expect(browser.cookie('fok')).toBeUndefined();
  });

  it('counts once', async () => {
    const browser = new Browser();
    const picker = await browser.open(`${served.url}/logga-in?till=/sida`);
    const login = browser.cookie('fok-in') ?? '';
    const action = /action="([^"]*person=unit-manager)"/.exec(picker.text)?.[1] ?? '';
    let seen = await browser.call(new URL(action, picker.url).href, { method: 'POST' });
    while (!(seen.to ?? '').includes('/logga-in/svar')) seen = await browser.call(seen.to ?? '');
    const answered = seen.to ?? '';
    expect((await browser.call(answered)).status).toBe(303);
    browser.plant('fok-in', login);
    expect((await browser.call(answered)).status).toBe(403);
  });
});

describe('the API of a demo', () => {
  it('is opened by a token of each person, for whom it is', async () => {
    const token = (await (await fetch(`${served.url}/demo/intyg/unit-manager`, { method: 'POST' })).text()).trim();
    const answer = await fetch(`${served.url}/api/v1/nothing`, { headers: { Authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(404);
    expect((await fetch(`${served.url}/demo/intyg/nobody`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${served.url}/demo/intyg/unit-manager`)).status).not.toBe(200);
  });
});
