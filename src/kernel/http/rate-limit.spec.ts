import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { createHttpApp } from './http-app.js';

const A_MINUTE = 3;
let calls = 0;

@Controller()
class CountingController {
  @Get('counted')
  counted() {
    calls += 1;
    return { calls };
  }

  @Get('health/live')
  live() {
    return { alive: true };
  }

  @Get('metrics')
  metrics() {
    return 'up 1';
  }
}

@Module({ controllers: [CountingController] })
class CountingModule {}

describe('a server that takes so many calls a minute of one caller', () => {
  let app: NestFastifyApplication;
  let url: string;
  let log: string;

  beforeEach(async () => {
    calls = 0;
    log = '';
    app = await createHttpApp(
      { module: CountingModule },
      pino({ level: 'info' }, { write: (line: string) => (log += line) }),
      { callsAMinute: A_MINUTE },
    );
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  const ask = (path = 'api/v1/counted', actor?: string): Promise<Response> =>
    fetch(`${url}/${path}`, { headers: actor === undefined ? {} : { 'X-Actor-Id': actor } });
  const statuses = async (times: number, path?: string, actor?: string): Promise<number[]> => {
    const answers: number[] = [];
    for (let time = 0; time < times; time += 1) answers.push((await ask(path, actor)).status);
    return answers;
  };

  it('refuses the next with 429 and Retry-After, does nothing of it, and takes it when the minute is over', async () => {
    const begun = Date.now();
    const now = jest.spyOn(Date, 'now').mockReturnValue(begun);
    expect(await statuses(A_MINUTE)).toEqual([200, 200, 200]);
    now.mockReturnValue(begun + 18_000);
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('content-type')]).toEqual([
      429,
      '42',
      'application/problem+json; charset=utf-8',
    ]);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(calls).toBe(A_MINUTE);
    // Who goes on calling is not put off the longer.
    now.mockReturnValue(begun + 59_999);
    expect(await statuses(2)).toEqual([429, 429]);
    now.mockReturnValue(begun + 60_000);
    expect(await statuses(A_MINUTE + 1)).toEqual([200, 200, 200, 429]);
    expect(log).not.toContain('RATE_LIMITED');
  });

  it('counts each actor that the gateway names by itself, and who names none by address', async () => {
    expect(await statuses(A_MINUTE + 1, undefined, 'one')).toEqual([200, 200, 200, 429]);
    expect(await statuses(A_MINUTE + 1, undefined, 'other')).toEqual([200, 200, 200, 429]);
    expect(await statuses(A_MINUTE + 1)).toEqual([200, 200, 200, 429]);
    // What is no actor's id does not make somebody else of a caller.
    expect(await statuses(1, undefined, 'a'.repeat(101))).toEqual([429]);
    expect(await statuses(1, undefined, '127.0.0.1')).toEqual([200]);
  });

  it('counts calls to what there is not, too', async () => {
    expect(await statuses(A_MINUTE + 1, 'api/v1/nothing')).toEqual([404, 404, 404, 429]);
  });

  it('always tells its health and its metrics', async () => {
    await statuses(A_MINUTE + 1);
    expect(await statuses(A_MINUTE + 1, 'health/live')).toEqual([200, 200, 200, 200]);
    expect(await statuses(A_MINUTE + 1, 'metrics')).toEqual([200, 200, 200, 200]);
  });
});
