import { Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { METHODS } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { createHttpApp } from './http-app.js';

let release: () => void = () => undefined;
let arrived = 0;

@Controller('probe')
class ProbeController {
  @Get()
  async read() {
    return { read: true };
  }

  @Post()
  @HttpCode(200)
  write() {
    return { written: true };
  }

  @Get('slow')
  async slow() {
    arrived += 1;
    await new Promise<void>((resolve) => (release = resolve));
    return { read: true };
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

let app: NestFastifyApplication;
beforeEach(async () => {
  app = await createHttpApp({ module: ProbeModule }, pino({ level: 'silent' }), {
    hostNames: ['Registret.example', '[2001:db8::1]'],
  });
  await app.listen(0, '127.0.0.1');
});
afterEach(() => app.close());

interface Told {
  readonly status: number;
  readonly code: unknown;
}

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Everything that comes back until the server hangs up. */
async function rest(socket: Socket): Promise<string> {
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
  await once(socket, 'close');
  return answer;
}

/** What the first answer says, which must be of the form of every error unless it is none. */
function told(answer: string): Told {
  const [head = '', body = ''] = answer.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '').split('\r\n\r\n');
  const status = Number(head.split(' ')[1]);
  if (status < 400) return { status, code: undefined };
  expect(head.toLowerCase()).toContain('content-type: application/problem+json; charset=utf-8');
  expect(head.toLowerCase()).toContain('cache-control: no-store');
  const id = /x-correlation-id: (.*)/i.exec(head)?.[1];
  // Answers to HEAD have no body, and the length that it would have had.
  if (body === '' && Number(/content-length: (\d+)/i.exec(head)?.[1]) > 0) return { status, code: undefined };
  const document = JSON.parse(body) as { readonly code: string; readonly status: number; readonly instance: string };
  expect(document).toMatchObject({ status, instance: `urn:uuid:${id}` });
  return { status, code: document.code };
}

async function answerTo(bytes: string): Promise<Told> {
  const socket = await open();
  socket.write(bytes);
  return told(await rest(socket));
}

const call = (fields: string, line = 'GET /api/v1/probe HTTP/1.1'): string =>
  `${line}\r\n${fields}Connection: close\r\n\r\n`;
const HOST = 'Host: localhost\r\n';

describe('an error is a problem document, whoever finds it', () => {
  it.each<[string, string, number, string]>([
    ['expects what nobody knows', call(`${HOST}Expect: foo\r\n`), 417, 'EXPECTATION_FAILED'],
    ['expects one thing more', call(`${HOST}Expect: 100-continue, foo\r\n`), 417, 'EXPECTATION_FAILED'],
    ['asks for a tunnel', `CONNECT a.example:443 HTTP/1.1\r\n${HOST}\r\n`, 405, 'METHOD_NOT_ALLOWED'],
    ['has no Host', call(''), 400, 'MALFORMED_REQUEST'],
    ['has two', call(`${HOST}${HOST}`), 400, 'MALFORMED_REQUEST'],
    ['has two that differ in case', call(`${HOST}hOST: evil.example\r\n`), 400, 'MALFORMED_REQUEST'],
    ['has an empty Host', call('Host:\r\n'), 400, 'MALFORMED_REQUEST'],
    ['has a Host that is none', call('Host: a b\r\n'), 421, 'HOST_NOT_SERVED'],
    ['has a Host with a user', call('Host: u@localhost\r\n'), 421, 'HOST_NOT_SERVED'],
    ['has two names in one Host', call('Host: localhost, evil.example\r\n'), 421, 'HOST_NOT_SERVED'],
    ['calls another host', call('Host: evil.example\r\n'), 421, 'HOST_NOT_SERVED'],
    ['calls another host on our port', call('Host: evil.example:3000\r\n'), 421, 'HOST_NOT_SERVED'],
    ['calls a name of which ours is the end', call('Host: evil.registret.example\r\n'), 421, 'HOST_NOT_SERVED'],
    ['calls a name that begins as ours', call('Host: localhost.evil.example\r\n'), 421, 'HOST_NOT_SERVED'],
    [
      'calls another host by its target',
      call(HOST, 'GET http://evil.example/api/v1/probe HTTP/1.1'),
      421,
      'HOST_NOT_SERVED',
    ],
    ['calls another host for metrics', call('Host: evil.example\r\n', 'GET /metrics HTTP/1.1'), 421, 'HOST_NOT_SERVED'],
    ['calls another host for nothing', call('Host: evil.example\r\n', 'GET /nothing HTTP/1.1'), 421, 'HOST_NOT_SERVED'],
    ['has another version', call(HOST, 'GET / HTTP/3.0'), 400, 'MALFORMED_REQUEST'],
    ['begins as HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['has two lengths', call(`${HOST}Content-Length: 1\r\nContent-Length: 2\r\n`), 400, 'MALFORMED_REQUEST'],
    [
      'has a length and chunks',
      call(`${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n`),
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'has chunks that are none',
      `POST /api/v1/probe HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'has another transfer coding',
      `POST /api/v1/probe HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\n`,
      400,
      'MALFORMED_REQUEST',
    ],
    ['has a field without a name', call(`${HOST}: x\r\n`), 400, 'MALFORMED_REQUEST'],
    ['has a NUL in a field', call(`${HOST}X-A: a\0b\r\n`), 400, 'MALFORMED_REQUEST'],
    ['has a line without its end', `GET / HTTP/1.1\n${HOST}\0`, 400, 'MALFORMED_REQUEST'],
    ['is longer than a head may be', call(`${HOST}X-A: ${'a'.repeat(20_000)}\r\n`), 431, 'HEADERS_TOO_LARGE'],
    ['asks the server as a whole', call(HOST, 'OPTIONS * HTTP/1.1'), 404, 'NOT_FOUND'],
  ])('for a call that %s', async (_, bytes, status, code) => {
    expect(await answerTo(bytes)).toEqual({ status, code });
  });

  it.each(METHODS.filter((method) => method !== 'CONNECT'))('for %s where there is no such thing', async (method) => {
    const body = 'Content-Type: application/json\r\nContent-Length: 2\r\n';
    const here = await answerTo(call(`${HOST}${body}`, `${method} /api/v1/probe HTTP/1.1`) + '{}');
    expect(here.status).toBe(method === 'GET' || method === 'HEAD' || method === 'POST' ? 200 : 405);
    const nowhere = await answerTo(call(`${HOST}${body}`, `${method} /nothing HTTP/1.1`) + '{}');
    expect(nowhere.status).toBe(404);
  });

  it.each([
    'localhost',
    'LOCALHOST:1',
    'localhost.',
    '127.0.0.1:65535',
    '[::1]',
    '[::1]:80',
    'registret.example',
    'REGISTRET.EXAMPLE:443',
    '[2001:DB8::1]:3000',
  ])('and none is for a call to %s', async (host) => {
    // prettier-ignore
    expect(await answerTo(call(`Host: ${host}\r\n`))).toEqual({ status: 200, code: undefined });
    expect((await answerTo(call(HOST, `GET http://${host}/api/v1/probe HTTP/1.1`))).status).toBe(200);
  });

  it('and HTTP/1.0 needs no Host, but names ours where it does', async () => {
    expect((await answerTo(call('', 'GET /api/v1/probe HTTP/1.0'))).status).toBe(200);
    expect((await answerTo(call('Host: evil.example\r\n', 'GET /api/v1/probe HTTP/1.0'))).status).toBe(421);
  });

  it('and Expect: 100-continue is met', async () => {
    const fields = `${HOST}Expect: 100-Continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n`;
    const socket = await open();
    socket.write(`POST /api/v1/probe HTTP/1.1\r\n${fields}\r\n{}`);
    expect(await rest(socket)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });
});

describe('a server that stops', () => {
  it('answers what is under way, and refuses what comes then in the same form', async () => {
    arrived = 0;
    const [first, idle] = [await open(), await open()];
    const answers = [rest(first), rest(idle)];
    first.write(`GET /api/v1/probe/slow HTTP/1.1\r\n${HOST}\r\n`);
    // Half of a call keeps the connection from being taken for an idle one.
    idle.write('GET /api/v1/probe HTTP/1.1\r\n');
    while (arrived === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    idle.write(`${HOST}\r\n`);
    const late = await answers[1];
    expect(told(late ?? '')).toEqual({ status: 503, code: 'STOPPING' });
    expect(late).toMatch(/^retry-after: 2$/im);
    expect(late).toMatch(/^connection: close$/im);
    release();
    expect(told((await answers[0]) ?? '').status).toBe(200);
    await closed;
  });
});
