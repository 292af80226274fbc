import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { LEFT_TO_CHANCE, Moments, ROUNDS } from '../support/rounds.js';
import type { Break } from '../support/tcp-proxy.js';
import type { Told } from './http-client.js';
import { OnServers, until } from './on-servers.js';
import { killLeft } from './served.js';

jest.setTimeout(1_800_000);

let on: OnServers;
afterEach(async () => {
  await killLeft();
  await on.end();
});

describe.each<{ where: Break; stored: number }>([
  { where: 'half way', stored: 0 },
  { where: 'before the answer', stored: 1 },
])('a connection to the log that is cut in the middle of an append, $where,', ({ where, stored }) => {
  const units = (): number => on.events.log.events.filter(({ type }) => type === 'UnitOpened').length;

  /**
   * Sends a command, and leaves it when its append hangs and the server of the log has all of it that it will ever get.
   */
  async function hanging(
    url: string,
    key: string,
  ): Promise<{ readonly answer: Promise<Told | undefined>; readonly before: number }> {
    const before = units();
    const hangs = on.toEvents.hangAt('UnitOpened', where);
    const answer = on.caller.open(url, key);
    await hangs;
    if (stored > 0) await until(() => units() > before);
    return { answer, before };
  }

  it('is no matter to the caller where the log can be reached again at once: the register looks, and sends it again', async () => {
    on = await OnServers.start('replica set');
    const served = await on.serve();
    for (const key of ['first', 'second', 'third']) {
      const { answer, before } = await hanging(served.url, key);
      on.toEvents.endAll();
      expect(await answer).toMatchObject({ status: 201 });
      expect(units()).toBe(before + 1);
      expect(await on.caller.open(served.url, key)).toMatchObject({ status: 201, replayed: true });
    }
    await on.allOnce(served);
  });

  it('makes the caller send it again where the log stays away, and its key is answered the same from then on', async () => {
    on = await OnServers.start('replica set');
    const served = await on.serve();
    for (const key of ['first', 'second', 'third']) {
      const { answer, before } = await hanging(served.url, key);
      on.toEvents.down();
      expect(await answer).toMatchObject({ status: 503, code: 'STORE_UNAVAILABLE', retryAfter: '2' });
      expect(await on.caller.open(served.url, key)).toMatchObject({
        status: 503,
        code: 'STORE_UNAVAILABLE',
        retryAfter: '2',
      });
      on.toEvents.up();
      expect(units()).toBe(before + stored);
      expect((await on.persist(served.url, key)).at(-1)).toMatchObject({ status: 201, replayed: stored > 0 });
      expect(units()).toBe(before + 1);
      expect(await on.caller.open(served.url, key)).toMatchObject({ status: 201, replayed: true });
    }
    await on.allOnce(served);
  });
});

describe('a server of the log', () => {
  it('that is killed and started again under load loses nothing and doubles nothing; all that callers see is 503 and Retry-After', async () => {
    on = await OnServers.start('replica set');
    const served = await on.serve();
    const callers = on.load(served.url);
    for (let round = 0; round < 3; round += 1) {
      await callers.more(40);
      on.events.kill();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await on.events.start();
    }
    await callers.more(40);
    await callers.end();
    await on.allOnce(served);
  });

  it('that is killed while the register is stopped, too, is only waited for: the register starts when it is there', async () => {
    on = await OnServers.start('replica set');
    on.toEvents.down();
    await expect(on.serve()).rejects.toThrow('EventStoreDB cannot be reached');
    on.toEvents.up();
    await on.allOnce(await on.serve());
  });

  it('that is slow is waited for; one that is silent is given up within 15 s with 503, and what arrives late is in once', async () => {
    on = await OnServers.start('replica set');
    const served = await on.serve();
    on.toEvents.delayMs = 200;
    const started = performance.now();
    expect(await on.caller.open(served.url, 'slow')).toMatchObject({ status: 201 });
    expect(performance.now() - started).toBeGreaterThan(400);
    on.toEvents.delayMs = 0;

    const over = on.toEvents.silent();
    const asked = performance.now();
    const [command, question] = await Promise.all([
      on.caller.open(served.url, 'silent'),
      fetch(`${served.url}/api/v1/units/${on.caller.acknowledged.get('slow')}`),
    ]);
    expect(command).toMatchObject({ status: 503, code: 'STORE_UNAVAILABLE', retryAfter: '2' });
    expect([question.status, question.headers.get('retry-after')]).toEqual([503, '2']);
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect((await fetch(`${served.url}/health/live`)).status).toBe(200);
    over();
    await on.persist(served.url, 'silent');
    expect(on.opened(on.caller.acknowledged.get('silent') ?? '')).toBe(1);
    await on.allOnce(served);
  });

  it('whose disk is full ends, as the real one does, each time it is started: nothing of it is in until there is room', async () => {
    on = await OnServers.start('replica set');
    const served = await on.serve();
    await on.persist(served.url, 'before');
    on.events.faults.full = true;
    for (const key of ['full-1', 'full-2']) {
      expect(await on.caller.open(served.url, key)).toMatchObject({
        status: 503,
        code: 'STORE_UNAVAILABLE',
        retryAfter: '2',
      });
      await on.events.start();
    }
    on.events.faults.full = false;
    for (const key of ['full-1', 'full-2'])
      expect((await on.persist(served.url, key)).at(-1)).toMatchObject({ replayed: false });
    await on.allOnce(served);
  });
});

describe(`both networks, cut at random moments under load ${LEFT_TO_CHANCE},`, () => {
  it('lose nothing and double nothing', async () => {
    on = await OnServers.start('replica set');
    const moments = new Moments('networks');
    const served = await on.serve();
    const callers = on.load(served.url);
    for (let round = 0; round < ROUNDS; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, moments.within(100, 1_500)));
      (moments.within(0, 2) < 1 ? on.toEvents : on.toViews).endAll();
    }
    await callers.end();
    await on.allOnce(served);
  });
});
