import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consistencyToken } from '../../src/kernel/http/consistency-token.js';
import { configure } from '../../src/kernel/config/configure.js';
import { type Answer, mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';

const on = { effectiveOn: '2026-11-20' };

/** A token for something that the log does not hold yet. */
const tokenBeyond = async ({ register }: TestServer): Promise<string> =>
  consistencyToken(await register.registerId(), (await register.head()) + 1n);

describe('what a command answered and a read hands back', () => {
  let server: TestServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await TestServer.start();
    scene = await setTheScene(server);
  });
  afterAll(() => server.close());

  const current = (token: string, prefer = 'wait=10'): Promise<Answer> =>
    server.get(`/units/${scene.unit}/current`, { 'Consistency-Token': token, Prefer: prefer });
  const position = (answer: Answer): bigint => BigInt(String(answer.body['position']));

  it('lets the read wait until it sees what was recorded', async () => {
    const { body } = await server.record(`/care-episodes/${scene.episode}`, '/offers', { by: scene.anna, ...on });
    const read = mustBe(200, await current(body.consistencyToken));
    expect(read.headers.get('x-stale')).toBeNull();
    expect(position(read)).toBeGreaterThanOrEqual(BigInt(body.position));
    expect(read.body['late']).toBeUndefined();
    expect(JSON.stringify(read.body)).toContain('OFFER_PENDING');
  });

  it.each([
    [
      'an entry that no view makes anything of',
      () => server.record(`/care-episodes/${scene.episode}`, '/plan-meetings', { on: '2026-12-01', ...on }),
    ],
    [
      'an entry that no judgement reads',
      () => server.post('/staff', { controller: scene.controller, unit: scene.unit, name: 'Eva Gren', ...on }),
    ],
    [
      'an entry of a stream that no episode rests on',
      () => server.post('/controllers', { name: 'Bräcke kommun', kind: 'MUNICIPAL', orgNumber: '212000-2395', ...on }),
    ],
  ])('does not wait in vain for %s', async (_, record) => {
    const { body } = mustBe(201, await record());
    const started = performance.now();
    const read = mustBe(200, await current(body.consistencyToken));
    expect([read.headers.get('x-stale'), read.body['late']]).toEqual([null, undefined]);
    expect(position(read)).toBeGreaterThanOrEqual(BigInt(body.position));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('says so when it was not there in time: by a header, or as an error to who prefers that', async () => {
    const beyond = await tokenBeyond(server);
    expect((await current(beyond, 'wait=0')).headers.get('x-stale')).toBe('true');
    expect(await current(beyond, 'wait=0, handling=strict')).toMatchObject({
      status: 503,
      body: { code: 'STALE_READ' },
    });
    const started = performance.now();
    expect((await current(beyond, 'wait=1')).headers.get('x-stale')).toBe('true');
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });
});

describe('where the settings refuse stale answers', () => {
  it('a read that cannot see what it has to is an error to everybody, and any other an answer', async () => {
    const server = await TestServer.start({ configured: await configure({ STALE_READS: 'refuse' }) });
    try {
      const scene = await setTheScene(server);
      const beyond = await tokenBeyond(server);
      const refused = await server.get(`/units/${scene.unit}/current`, {
        'Consistency-Token': beyond,
        Prefer: 'wait=0',
      });
      expect(refused).toMatchObject({ status: 503, body: { code: 'STALE_READ' } });
      expect([refused.headers.get('retry-after'), refused.headers.get('x-stale')]).toEqual(['1', null]);
      mustBe(200, await server.get('/rules', { 'Consistency-Token': beyond, Prefer: 'wait=0' }));
      mustBe(200, await server.get(`/units/${scene.unit}/current`));
    } finally {
      await server.close();
    }
  });
});

describe('an answer whose views stand behind the log', () => {
  it('is marked late, whether somebody waits or not', async () => {
    const server = await TestServer.start();
    try {
      const { unit, episode } = await setTheScene(server);
      await server.register.waitFor(await server.register.store.head(), 5_000);
      expect((await server.get(`/units/${unit}/current`)).body['late']).toBeUndefined();
      await server.register.runner.stop();
      await server.record(`/care-episodes/${episode}`, '/plan-meetings', { on: '2026-12-01', ...on });
      expect((await server.get(`/units/${unit}/current`)).body['late']).toBe(true);
    } finally {
      await server.close();
    }
  });
});
