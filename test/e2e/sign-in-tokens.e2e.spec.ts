import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Body, Controller, Get, Module, Post, Req } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { base64url, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { createHttpApp, type HttpAppOptions } from '../../src/kernel/http/http-app.js';
import { type Caller, callerOf } from '../../src/kernel/http/caller.js';
import type { OidcConfig } from '../../src/kernel/config/sign-in-settings.js';
import { type SignIn, signInBy, type SignInOptions } from '../../src/sign-in/sign-in.js';
import { TestIssuer } from '../support/test-issuer.js';
import { CertificateAuthority } from '../doubles/eventstoredb/certificates.js';

/** What reached a handler. */
let reached: (Caller | undefined)[] = [];

@Controller('probe')
class ProbeController {
  @Get()
  look(@Req() request: FastifyRequest) {
    reached.push(callerOf(request));
    return { seen: true };
  }

  @Post()
  send(@Req() request: FastifyRequest, @Body() body: unknown) {
    reached.push(callerOf(request));
    return { body };
  }
}

@Controller('health')
class HealthController {
  @Get('live')
  live() {
    return { status: 'ok' };
  }
}

@Module({ controllers: [ProbeController, HealthController] })
class ProbeModule {}

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly headers: Headers;
}

/** A server whose callers sign in. */
class Guarded {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly signIn: SignIn,
    readonly url: string,
    readonly log: string[],
  ) {}

  static async start(
    oidc: OidcConfig,
    { provider }: Pick<SignInOptions, 'provider'> = {},
    http: HttpAppOptions = {},
  ): Promise<Guarded> {
    const log: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => log.push(line) });
    const signIn = await signInBy({ dataDir: '.', eventStore: 'memory', viewStore: 'memory' }, oidc, {
      logger,
      ...(provider && { provider }),
    });
    const app = await createHttpApp({ module: ProbeModule }, logger, { ...http, entrance: signIn.entrance });
    await app.listen(0, '127.0.0.1');
    return new Guarded(app, signIn, await app.getUrl(), log);
  }

  async ask(token?: string, headers: Record<string, string> = {}, path = '/api/v1/probe'): Promise<Answer> {
    return this.call('GET', path, { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers });
  }

  async call(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, { method, headers, redirect: 'manual', ...(body && { body }) });
    const text = await answer.text();
    const code = text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined;
    return { status: answer.status, headers: answer.headers, ...(code === undefined ? {} : { code }) };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.signIn.close();
  }
}

let issuer: TestIssuer;
let server: Guarded;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  server = await Guarded.start(issuer.config({ tokenType: 'at+jwt' }));
});
afterAll(async () => {
  await server.close();
  await issuer.stop();
});
beforeEach(() => {
  reached = [];
});

describe('a token of the provider', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('signed by %s opens the API, and says who calls', async (alg) => {
    expect(await server.ask(await issuer.token({ name: 'Maja Berg', jti: 'j-1' }, { alg }))).toMatchObject({
      status: 200,
    });
    expect(reached).toEqual([
      {
        issuer: issuer.url,
        subject: 'maja',
        level: 3,
        hsaIds: ['SE2321000016-1003'],
        name: 'Maja Berg',
        session: 'j-1',
        purpose: 'DAILY',
      },
    ]);
  });

  it('is told from another of the same person without a name of its own', async () => {
    for (const exp of [1, 2])
      await server.ask(await issuer.token({ jti: undefined, exp: Date.now() / 1_000 + exp * 60 }));
    expect(new Set(reached.map((caller) => caller?.session)).size).toBe(2);
  });

  it('of a program says so', async () => {
    await server.ask(await issuer.token({ sub: 'treserva', client_id: 'treserva', acr: undefined }));
    expect(reached).toEqual([expect.objectContaining({ subject: 'treserva', client: true, level: 3 })]);
  });

  it('is taken 30 seconds beyond its time, as far as clocks may differ, and no longer', async () => {
    const now = Date.now() / 1_000;
    expect((await server.ask(await issuer.token({ exp: now - 25 }))).status).toBe(200);
    expect((await server.ask(await issuer.token({ nbf: now + 25 }))).status).toBe(200);
    expect((await server.ask(await issuer.token({ exp: now - 35 }))).status).toBe(401);
  });

  it('says what it is for in X-Purpose', async () => {
    const token = await issuer.token();
    for (const purpose of ['', 'FOLLOW_UP', 'SUPPORT']) await server.ask(token, { 'X-Purpose': purpose });
    expect(reached.map((caller) => caller?.purpose)).toEqual(['DAILY', 'FOLLOW_UP', 'SUPPORT']);
    expect(await server.ask(token, { 'X-Purpose': 'CURIOSITY' })).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
    });
    expect(reached).toHaveLength(3);
  });

  it('is refused beside header fields that say who acts', async () => {
    const token = await issuer.token();
    for (const name of ['X-Actor-Id', 'X-Actor-Role', 'X-Actor-Unit'])
      expect(await server.ask(token, { [name]: 'x' })).toMatchObject({
        status: 400,
        code: 'ACTOR_HEADERS_NOT_ALLOWED',
      });
    expect(reached).toEqual([]);
    // A gateway takes a field away by leaving it empty.
    expect((await server.ask(token, { 'X-Actor-Id': '' })).status).toBe(200);
  });
});

describe('what is no token of the provider for this register', () => {
  const forged: Readonly<Record<string, () => Promise<string>>> = {
    'another issuer': () => issuer.token({ iss: 'https://evil.example' }),
    'another audience': () => issuer.token({ aud: 'another-api' }),
    'no audience': () => issuer.token({ aud: undefined }),
    'no signature (alg none)': async () => {
      const [, payload] = (await issuer.token()).split('.');
      return `${base64url.encode('{"alg":"none","typ":"at+jwt"}')}.${payload}.`;
    },
    'a signature with the public key as a secret (HS256)': async () => {
      const secret = new TextEncoder().encode(JSON.stringify(issuer.publicKey('RS256')));
      const [, payload = ''] = (await issuer.token()).split('.');
      const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as Record<string, unknown>;
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'RS256-1' }).sign(secret);
    },
    'a time that is over': () => issuer.token({ exp: Date.now() / 1_000 - 3_600 }),
    'no end': () => issuer.token({ exp: undefined }),
    'a time that has not come': () => issuer.token({ nbf: Date.now() / 1_000 + 3_600 }),
    'a key that the provider has not': () => issuer.token({}, { kid: 'unknown' }),
    "the key of somebody else under the name of the provider's": async () => {
      const { privateKey } = await generateKeyPair('ES256');
      const [, payload = ''] = (await issuer.token()).split('.');
      const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as Record<string, unknown>;
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'ES256-3' }).sign(privateKey);
    },
    'a key that it brings itself': async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
      const [, payload = ''] = (await issuer.token()).split('.');
      const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as Record<string, unknown>;
      const jwk = await exportJWK(publicKey);
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk }).sign(privateKey);
    },
    "another client's ID token": () => issuer.token({ aud: 'another-client', nonce: 'n' }, { typ: 'JWT' }),
    "the pages' own ID token": () => issuer.token({ aud: ['fok', 'fok-api'], nonce: 'n' }),
    'another type': () => issuer.token({}, { typ: 'JWT' }),
    'a payload that was changed': async () => {
      const [header, payload = '', signature] = (await issuer.token()).split('.');
      const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload))) as Record<string, unknown>;
      return `${header}.${base64url.encode(JSON.stringify({ ...claims, sub: 'sas' }))}.${signature}`;
    },
    'nobody whom it was issued to': () => issuer.token({ sub: undefined }),
    'no token at all': async () => 'abc',
  };

  it.each(Object.keys(forged))('%s: 401, and nothing reaches a handler', async (name) => {
    const token = (await forged[name]?.()) ?? '';
    for (const method of ['GET', 'POST']) {
      const answer = await server.call(method, '/api/v1/probe', { Authorization: `Bearer ${token}` });
      expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="fok", error="invalid_token"');
    }
    expect(reached).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['a password', { Authorization: 'Basic bWFqYTpoZW1saWd0' }],
    ['two tokens', { Authorization: 'Bearer a b' }],
    ['a token in the address', { 'X-Token': 'a' }],
  ])('%s: 401, asked for a token', async (_, headers) => {
    const answer = await server.ask(undefined, headers, '/api/v1/probe?access_token=abc');
    expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="fok"');
    expect(reached).toEqual([]);
  });

  it('is not told from what is not there, and its body is not looked at', async () => {
    expect((await server.ask(undefined, {}, '/api/v1/nothing')).status).toBe(401);
    const answer = await server.call('POST', '/api/v1/probe', { 'Content-Type': 'application/json' }, '{"broken');
    expect(answer.status).toBe(401);
  });

  it('opens what everybody may ask', async () => {
    for (const path of [
      '/api/docs',
      '/api/v1/problems',
      '/api/v1/problems/UNAUTHENTICATED',
      '/logga-ut',
      '/hjalp',
      '/tillganglighet',
    ])
      expect((await server.ask(undefined, {}, path)).status).not.toBe(401);
    for (const path of [
      '/%61pi/v1/probe',
      '/api/v1/%70robe',
      '/api',
      '/api/docsx',
      '/api/v1/problemsx',
      '/api/v1/problems/../probe',
      '/api/v1/rules',
    ])
      expect((await server.ask(undefined, {}, path)).status).toBe(401);
  });

  it('is told in the log by what is wrong with it, without anything that it says', async () => {
    await server.ask(await issuer.token({ aud: 'hemlig-uppgift', sub: 'Anna' }));
    const told = server.log.join('');
    expect(told).toContain('ERR_JWT_CLAIM_VALIDATION_FAILED aud');
    expect(told).not.toMatch(/hemlig-uppgift|Anna/);
  });
});

describe('the same token again', () => {
  it('is not checked again, and is refused from its end on', async () => {
    const token = await issuer.token({ exp: Math.floor(Date.now() / 1_000) - 29 });
    expect((await server.ask(token)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await server.ask(token)).status).toBe(401);
  });
});

describe('a token that is bound to a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-bound-'));
  const pem = new CertificateAuthority(folder).issue('DNS:treserva.example').certificate.toString();
  const certificate = new X509Certificate(pem);
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  const asBytes = `:${certificate.raw.toString('base64')}:`;
  let bound: Guarded;
  beforeAll(async () => {
    bound = await Guarded.start(issuer.config({ requireMtls: true }));
  });
  afterAll(async () => {
    await bound.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['as RFC 9440 has it', asBytes],
    ['as nginx escapes it', encodeURIComponent(pem)],
  ])('opens beside that certificate, %s', async (_, header) => {
    const token = await issuer.token({ cnf: { 'x5t#S256': thumbprint } });
    expect((await bound.ask(token, { 'Client-Cert': header })).status).toBe(200);
  });

  it('opens nothing beside another, beside none, and no token opens without being bound', async () => {
    const token = await issuer.token({ cnf: { 'x5t#S256': thumbprint } });
    expect((await bound.ask(token, { 'Client-Cert': asBytes })).status).toBe(200);
    const other = await issuer.token({ cnf: { 'x5t#S256': 'another' } });
    reached = [];
    const refused = [
      await bound.ask(token),
      await bound.ask(token, { 'Client-Cert': ':AAAA:' }),
      await bound.ask(token, { 'Client-Cert': '' }),
      await bound.ask(other, { 'Client-Cert': asBytes }),
      await bound.ask(await issuer.token(), { 'Client-Cert': asBytes }),
      await bound.ask(await issuer.token({ cnf: { 'x5t#S256': undefined } })),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(reached).toEqual([]);
  });
});

describe('the keys of the provider', () => {
  let rotating: TestIssuer;
  let served: Guarded;
  beforeEach(async () => {
    rotating = await TestIssuer.start();
    served = await Guarded.start(rotating.config(), {
      provider: { askAgainMs: 0, keys: { cooldownMs: 0, maxAgeMs: 300 } },
    });
  });
  afterEach(async () => {
    await served.close();
    await rotating.stop();
  });

  it('may be exchanged while the register runs', async () => {
    expect((await served.ask(await rotating.token())).status).toBe(200);
    await rotating.addKey('ES256');
    expect((await served.ask(await rotating.token())).status).toBe(200);
  });

  it('that are withdrawn open nothing more', async () => {
    const [before, after] = [await rotating.token(), await rotating.token()];
    expect((await served.ask(before)).status).toBe(200);
    rotating.dropKeys();
    await rotating.addKey('ES256');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await served.ask(after)).status).toBe(401);
  });

  it('that cannot be had are no fault of the token', async () => {
    expect((await served.ask(await rotating.token())).status).toBe(200);
    const token = await rotating.token();
    await rotating.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const answer = await served.ask(token);
    expect(answer).toMatchObject({ status: 503, code: 'IDENTITY_UNAVAILABLE' });
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(served.log.join('')).toContain('the identity provider cannot be used');
    await rotating.listen();
    expect((await served.ask(token)).status).toBe(200);
  });

  it('are not fetched for each unknown key', async () => {
    const calm = await Guarded.start(rotating.config());
    try {
      await calm.ask(await rotating.token());
      const before = rotating.fetched;
      for (let at = 0; at < 20; at += 1) await calm.ask(await rotating.token({}, { kid: `unknown-${at}` }));
      expect(rotating.fetched).toBe(before);
    } finally {
      await calm.close();
    }
  });
});

describe('a provider that is away when the register starts', () => {
  it('keeps everything but health from being answered, until it is there', async () => {
    const late = await TestIssuer.start();
    const token = await late.token();
    await late.stop();
    const served = await Guarded.start(late.config(), { provider: { askAgainMs: 0 } });
    try {
      for (const path of ['/api/v1/probe', '/api/docs', '/', '/logga-in', '/api/v1/problems'])
        expect(await served.ask(token, {}, path)).toMatchObject({ status: 503, code: 'IDENTITY_UNAVAILABLE' });
      expect((await served.ask(undefined, {}, '/health/live')).status).toBe(200);
      expect(reached).toEqual([]);
      await late.listen();
      expect((await served.ask(token)).status).toBe(200);
    } finally {
      await served.close();
      await late.stop();
    }
  });

  it('is asked again after a while only', async () => {
    const late = await TestIssuer.start();
    await late.stop();
    const served = await Guarded.start(late.config());
    try {
      expect((await served.ask('a')).status).toBe(503);
      await late.listen();
      const began = performance.now();
      expect((await served.ask('a')).status).toBe(503);
      expect(performance.now() - began).toBeLessThan(1_000);
    } finally {
      await served.close();
      await late.stop();
    }
  });
});

describe('the calls of one caller', () => {
  it('are counted for who signed in, and for the address of who did not', async () => {
    const strict = await Guarded.start(issuer.config(), {}, { callsAMinute: 2 });
    try {
      const [maja, nils] = [await issuer.token(), await issuer.token({ sub: 'nils' })];
      const asked = [maja, maja, maja, nils, 'forged', 'forged', 'forged'];
      const statuses: number[] = [];
      for (const token of asked) statuses.push((await strict.ask(token)).status);
      expect(statuses).toEqual([200, 200, 429, 200, 401, 401, 429]);
    } finally {
      await strict.close();
    }
  });
});
