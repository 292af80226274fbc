import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { pino } from 'pino';
import { createHttpApp } from './http-app.js';

const AT_ONCE = 4;
let release: () => void = () => undefined;
let held = Promise.resolve();
let arrived = 0;

@Controller()
class SlowController {
  @Get('slow')
  async slow() {
    arrived += 1;
    await held;
    return { done: true };
  }

  @Get('health/live')
  live() {
    return { alive: true };
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('a call that does not arrive', () => {
  it.each([
    ['in its head', 'GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n'],
    [
      'in its body',
      'POST /api/v1/slow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    ],
  ])('is ended when it stands still %s', async (_, begun) => {
    const app = await createHttpApp({ module: SlowModule }, pino({ level: 'silent' }), { arrivalMs: 200 });
    await app.listen(0, '127.0.0.1');
    const socket = connect(Number(new URL(await app.getUrl()).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => (answer += String(text)));
    socket.write(begun);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*"code":"MALFORMED_REQUEST"/);
    await app.close();
  });
});

describe('a server with as many calls under way as it takes', () => {
  let app: NestFastifyApplication;
  let url: string;
  let log = '';

  beforeAll(async () => {
    const logger = pino({ level: 'info' }, { write: (line: string) => (log += line) });
    app = await createHttpApp({ module: SlowModule }, logger, { requestsAtOnce: AT_ONCE });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  const hold = (): void => {
    arrived = 0;
    held = new Promise((resolve) => (release = resolve));
  };
  const underWay = async (count: number): Promise<void> => {
    while (arrived < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const slow = (): Promise<Response> => fetch(`${url}/api/v1/slow`);

  it('refuses the next with 503 and Retry-After, still tells its health, and recovers by itself', async () => {
    hold();
    const first = Array.from({ length: AT_ONCE }, slow);
    await underWay(AT_ONCE);
    const refused = await slow();
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([
      503,
      '1',
      'application/problem+json; charset=utf-8',
    ]);
    expect(await refused.json()).toMatchObject({ code: 'OVERLOADED', status: 503 });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect(arrived).toBe(AT_ONCE);
    release();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual(Array.from({ length: AT_ONCE }, () => 200));
    expect((await slow()).status).toBe(200);
    // Telling of every call that was refused would make an overload worse.
    expect(log).not.toContain('OVERLOADED');
  });

  it('counts a caller who goes away no longer', async () => {
    hold();
    const sockets = Array.from({ length: AT_ONCE }, () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write('GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
      return socket;
    });
    await underWay(AT_ONCE);
    expect((await slow()).status).toBe(503);
    for (const socket of sockets) socket.destroy();
    let answer = slow();
    while ((await Promise.race([answer.then(({ status }) => status), underWay(AT_ONCE + 1)])) === 503) answer = slow();
    release();
    expect((await answer).status).toBe(200);
  });
});
