import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  type INestApplication,
  Module,
  Post,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { IsString } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import request from 'supertest';
import { readConfig } from '../config/config.js';
import { Settings } from '../config/configure.js';
import { EventStoreUnavailable } from '../event-store/event-store.js';
import { ConsistencyInterceptor, FRESHNESS } from './consistency.js';
import { arrivalOf } from './arrival.js';
import { consistencyToken } from './consistency-token.js';
import { createHttpApp } from './http-app.js';
import { Context, type RequestContext } from './request-context.js';

class NoteDto {
  @IsString({ message: 'ska vara text' })
  text: string;
}

@Controller('probe')
class ProbeController {
  @Post('notes')
  @HttpCode(200)
  note(@Body() body: NoteDto, @Context() context: RequestContext) {
    return { text: body.text, ...context };
  }

  @Get('defect')
  defect() {
    throw new TypeError('could not parse "Anna Andersson 19121212-1212"');
  }

  @Get('unavailable')
  unavailable() {
    throw new EventStoreUnavailable('db at 10.0.0.1 is gone');
  }

  @Get('view')
  @UseInterceptors(ConsistencyInterceptor)
  async view() {
    await arrivalOf()?.wait(async (position, timeoutMs) => {
      waited.push({ position, seconds: Math.round(timeoutMs / 1000) });
      return position <= 10n;
    });
    return { head: String(arrivalOf()?.head) };
  }

  @Get('text')
  @Header('content-type', 'text/csv')
  text(@Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('x-own', '1');
    return 'a;b';
  }
}

const REGISTER = '6a1f6f0e-0f7b-4f62-9b60-0d9f2d0c7a11';
const waited: { position: bigint; seconds: number }[] = [];
let acknowledged = 0n;
const freshness = {
  look: async () => undefined,
  registerId: async () => REGISTER,
  head: async () => 12n,
  acknowledged: () => acknowledged,
};

@Module({
  controllers: [ProbeController],
  providers: [
    { provide: FRESHNESS, useValue: freshness },
    { provide: Settings, useValue: { get: () => readConfig({}) } },
    ConsistencyInterceptor,
  ],
})
class ProbeModule {}

const ACTOR = { 'X-Actor-Id': 'chef-1', 'X-Actor-Role': 'UNIT_MANAGER' };
const UUID = '0b6a4c1e-6d4f-4f3a-9a51-6c35c1b7c001';
let app: INestApplication;
let log = '';

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  app = await createHttpApp({ module: ProbeModule }, pino({ level: 'info' }, sink));
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

const http = () => request(app.getHttpServer());

/** What the server answers to bytes that a well-behaved client would not send. */
function sendBytes(bytes: string): Promise<string> {
  const address = app.getHttpServer().address();
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(address.port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** What every problem document has. */
function expectProblem(answer: request.Response, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const document: unknown = JSON.parse(answer.text);
  expect(document).toMatchObject({
    type: `/api/v1/problems/${code}`,
    status,
    code,
    instance: `urn:uuid:${answer.headers['x-correlation-id']}`,
  });
  expect(document).toEqual(
    expect.objectContaining({ title: expect.stringMatching(/\S/), detail: expect.stringMatching(/\S/) }),
  );
}

describe('every error is a problem document', () => {
  it('for a path that is not there', async () => expectProblem(await http().get('/api/v1/nothing'), 404, 'NOT_FOUND'));
  it('outside the prefix, too', async () => expectProblem(await http().get('/probe/text'), 404, 'NOT_FOUND'));

  it('for a method that the path does not know, with those that it does', async () => {
    const answer = await http().delete('/api/v1/probe/notes?x=1');
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.allow).toBe('POST');
  });

  it('for a body that is no JSON', async () => {
    const answer = await http()
      .post('/api/v1/probe/notes')
      .set(ACTOR)
      .set('Content-Type', 'application/json')
      .send('{"text": "Anna');
    expectProblem(answer, 400, 'MALFORMED_REQUEST');
    expect(answer.text).not.toContain('Anna');
  });

  it.each(['text/xml', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'for a body in %s',
    async (type) =>
      expectProblem(
        await http().post('/api/v1/probe/notes').set(ACTOR).set('Content-Type', type).send('text=a'),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ),
  );
  it('for a body that poisons prototypes', async () =>
    expectProblem(
      await http()
        .post('/api/v1/probe/notes')
        .set(ACTOR)
        .set('Content-Type', 'application/json')
        .send('{"__proto__": {"a": 1}}'),
      400,
      'MALFORMED_REQUEST',
    ));

  it('for a body of more than 1 MiB', async () =>
    expectProblem(
      await http()
        .post('/api/v1/probe/notes')
        .set(ACTOR)
        .send({ text: 'a'.repeat(1_048_577) }),
      413,
      'BODY_TOO_LARGE',
    ));

  it('for an address that cannot be decoded', async () =>
    expectProblem(await http().get('/api/v1/probe/%E0%A4%A'), 400, 'MALFORMED_REQUEST'));

  it('for bytes that are no HTTP at all', async () => {
    const answer = await sendBytes('GARBAGE\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 400 Bad Request\r\n');
    expect(answer).toContain('"code":"MALFORMED_REQUEST"');
  });

  it('for a head that is too large', async () => {
    const answer = await sendBytes(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toContain('HTTP/1.1 431 ');
    expect(answer).toContain('"code":"HEADERS_TOO_LARGE"');
  });

  it('for fields that are wrong, missing or unknown, without what stood in them', async () => {
    const answer = await http()
      .post('/api/v1/probe/notes')
      .set(ACTOR)
      .send({ text: 19121212, 'Anna Andersson': 'x', txet: 'y' });
    expectProblem(answer, 400, 'VALIDATION_FAILED');
    expect(JSON.parse(answer.text).errors).toEqual(
      expect.arrayContaining([
        { path: 'text', message: 'ska vara text' },
        { path: 'txet', message: 'fältet är okänt här' },
        { path: '?', message: 'fältet är okänt här' },
      ]),
    );
    expect(answer.text).not.toMatch(/Anna|19121212/);
  });

  it.each([[[]], ['text'], [1], [null]])('for a body that is %j and no object', async (body) => {
    const answer = await http()
      .post('/api/v1/probe/notes')
      .set(ACTOR)
      .set('Content-Type', 'application/json')
      .send(JSON.stringify(body));
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('for a store that is away, with when to come again', async () => {
    const answer = await http().get('/api/v1/probe/unavailable');
    expectProblem(answer, 503, 'STORE_UNAVAILABLE');
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.text).not.toContain('10.0.0.1');
  });

  it('for a defect, which the log tells without personal data and under the same id', async () => {
    log = '';
    const answer = await http().get('/api/v1/probe/defect').set('X-Correlation-Id', UUID);
    expectProblem(answer, 500, 'INTERNAL_ERROR');
    expect(answer.text).not.toContain('Anna');
    expect(log).toContain(`"correlationId":"${UUID}"`);
    expect(log).toContain('"error":"TypeError"');
    expect(log).toContain('http-app.spec');
    expect(log).not.toMatch(/Anna|19121212/);
  });
});

describe('the context of a call', () => {
  it('is the actor of the header fields and the correlation id', async () => {
    const answer = await http()
      .post('/api/v1/probe/notes')
      .set({
        ...ACTOR,
        'X-Actor-Unit': 'u1',
        'X-On-Behalf-Of': 'SE2321000016-1003',
        'X-Correlation-Id': UUID.toUpperCase(),
      })
      .send({ text: 'a' });
    expect(answer.body).toEqual({
      text: 'a',
      actor: { id: 'chef-1', role: 'UNIT_MANAGER', unit: 'u1', onBehalfOf: 'SE2321000016-1003' },
      correlationId: UUID,
    });
    expect(answer.headers['x-correlation-id']).toBe(UUID);
  });

  it.each([
    [{}],
    [{ 'X-Actor-Id': 'chef-1' }],
    [{ 'X-Actor-Role': 'UNIT_MANAGER' }],
    [{ ...ACTOR, 'X-Actor-Id': 'Anna Andersson' }],
    [{ ...ACTOR, 'X-Actor-Unit': 'a@b.se' }],
  ])('is refused for %j', async (headers) =>
    expectProblem(await http().post('/api/v1/probe/notes').set(headers).send({ text: 'a' }), 400, 'ACTOR_REQUIRED'),
  );

  it('has a fresh id where the given one is no UUID', async () => {
    const answer = await http().get('/api/v1/probe/text').set('X-Correlation-Id', 'Anna');
    expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a read', () => {
  const token = (position: bigint) => consistencyToken(REGISTER, position);
  const view = (headers: Record<string, string> = {}) => http().get('/api/v1/probe/view').set(headers);
  beforeEach(() => {
    waited.length = 0;
    acknowledged = 0n;
  });

  it('waits for what its token stands for, as long as the caller wishes', async () => {
    const answer = await view({ 'Consistency-Token': token(7n), Prefer: 'respond-async, wait=3' });
    expect([answer.headers['x-stale'], answer.body]).toEqual([undefined, { head: '12' }]);
    expect(waited).toEqual([{ position: 7n, seconds: 3 }]);
  });

  it('waits for what the process has acknowledged, with a token or without', async () => {
    await view().expect(200);
    acknowledged = 9n;
    await view().expect(200);
    await view({ 'Consistency-Token': token(7n) }).expect(200);
    await view({ 'Consistency-Token': token(10n) }).expect(200);
    expect(waited.map(({ position }) => position)).toEqual([9n, 9n, 10n]);
  });

  it('waits two seconds when nothing is said, and thirty at most', async () => {
    await view({ 'Consistency-Token': token(7n) });
    await view({ 'Consistency-Token': token(7n), Prefer: 'wait=9999' });
    expect(waited.map(({ seconds }) => seconds)).toEqual([2, 30]);
  });

  it('is marked when what it has to hold was not there in time', async () => {
    const answer = await view({ 'Consistency-Token': token(11n), Prefer: 'wait=0' });
    expect([answer.status, answer.headers['x-stale']]).toEqual([200, 'true']);
    acknowledged = 11n;
    expect((await view()).headers['x-stale']).toBe('true');
  });

  it('is refused instead for whoever asks for strict handling', async () => {
    const answer = await view({ 'Consistency-Token': token(11n), Prefer: 'wait=0, handling=strict' });
    expectProblem(answer, 503, 'STALE_READ');
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('refuses a token that is none of ours, or of another register', async () => {
    for (const strange of ['7', 'p7', `${token(7n)}AA`, consistencyToken('another register', 7n)])
      expectProblem(await view({ 'Consistency-Token': strange }), 400, 'CONSISTENCY_TOKEN_MALFORMED');
  });
});

describe('every answer', () => {
  it('has security headers and is not to be stored', async () => {
    const answer = await http().get('/api/v1/probe/text').expect(200, 'a;b');
    const refused = await http().get('/api/v1/probe/text').set('Host', 'elsewhere.example').expect(421);
    for (const { headers } of [answer, refused])
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'content-security-policy':
          "default-src 'self';base-uri 'self';font-src 'self' https: data:;" +
          "form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';" +
          "script-src-attr 'none';style-src 'self' 'unsafe-inline'",
      });
    expect(answer.headers['x-own']).toBe('1');
  });
});
