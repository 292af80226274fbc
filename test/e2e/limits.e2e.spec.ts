import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENTS_A_STREAM } from '../../src/recording/step-recorder.js';
import { MANAGER, mustBe, type Answer, type Scene, setTheScene, TestServer } from './commands.harness.js';
import { ofManyEvents } from '../support/stores.js';
import { fillUnit } from './full-stream.js';

let server: TestServer;
let scene: Scene;

beforeAll(async () => {
  server = await TestServer.start();
  scene = await setTheScene(server);
});
afterAll(() => server.close());

const aUnit = (name: string): object => ({ controller: scene.controller, name, careForms: [] });

/** Each limit at which a value is taken and beyond which it is refused, as docs/reference/limits.md states it. */
const LIMITS: readonly (readonly [
  name: string,
  most: number,
  send: (size: number) => Promise<Answer>,
  code: string,
])[] = [
  [
    'characters of a text',
    20_000,
    (size) => server.post('/units', { controller: scene.controller, name: 'a'.repeat(size), careForms: [] }),
    'VALIDATION_FAILED',
  ],
  [
    'items of a list',
    200,
    (size) =>
      server.onCurrent(`/care-episodes/${scene.episode}`, '/information', {
        form: 'PHONE',
        items: ['UNDERSTOOD'],
        attendees: Array.from({ length: size }, () => ({ kind: 'MANAGER' })),
      }),
    'VALIDATION_FAILED',
  ],
  [
    'characters of an actor',
    100,
    (size) =>
      server.send(
        'POST',
        '/units',
        { controller: scene.controller, name: 'Syd', careForms: [] },
        { ...MANAGER, 'X-Actor-Id': 'a'.repeat(size) },
      ),
    'ACTOR_REQUIRED',
  ],
  [
    'characters of a key',
    200,
    (size) =>
      server.post('/units', { controller: scene.controller, name: 'Öst', careForms: [] }, { key: 'k'.repeat(size) }),
    'IDEMPOTENCY_KEY_MALFORMED',
  ],
  [
    'facts of a command',
    1,
    (size) => server.post('/units', size === 1 ? aUnit('Väst') : Array.from({ length: size }, () => aUnit('Väst'))),
    'VALIDATION_FAILED',
  ],
  [
    'items of a page',
    1_000,
    (size) => server.get(`/units?controller=${scene.controller}&limit=${size}`),
    'VALIDATION_FAILED',
  ],
];

describe('a limit', () => {
  it.each(LIMITS)('of %s is %i: as many are taken, and one more is refused', async (_, most, send, code) => {
    expect((await send(most)).status).toBeLessThan(300);
    const count = await server.register.store.count();
    const refused = await send(most + 1);
    expect([refused.status, refused.body.code]).toEqual([400, code]);
    expect(await server.register.store.count()).toBe(count);
  });
});

describe('a stream', () => {
  const resource = (): string => `/units/${scene.unit}`;
  const appoint = (): Promise<Answer> =>
    server.onCurrent(resource(), '/managers', { staff: scene.anna, effectiveOn: '2026-11-20' });

  ofManyEvents.it(`takes ${EVENTS_A_STREAM} events from commands, and after them corrections only`, async () => {
    await fillUnit(server, scene, 1);
    const { body: last } = mustBe(201, await appoint());
    const refused = await appoint();
    expect([refused.status, refused.body.code]).toEqual([409, 'STREAM_FULL']);
    expect(await server.register.log.readStream(`unit-${scene.unit}`)).toHaveLength(EVENTS_A_STREAM);
    mustBe(
      201,
      await server.post(
        `/entries/${last.eventId}/annulment`,
        { cause: 'DUPLICATE', reason: 'Registrerades två gånger.' },
        { ifMatch: await server.etag(resource()) },
      ),
    );
  });
});

describe('what is documented of faults and limits', () => {
  const root = new URL('../../', import.meta.url);
  const tests = ['src', 'test'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.spec.ts') && !path.includes('node_modules'))
      .map((path) => `${folder}/${path}`),
  );

  it.each(['docs/reference/limits.md', 'docs/explanation/faults.md', 'docs/explanation/threat-model.md'])(
    '%s names only tests that there are',
    (name) => {
      const named = [...readFileSync(new URL(name, root), 'utf8').matchAll(/`([\w./-]+\.spec\.ts)`/g)].map(
        ([, test = '']) => test,
      );
      expect(named.length).toBeGreaterThan(5);
      for (const test of named)
        expect(tests.filter((path) => path === test || path.endsWith(`/${test}`))).toHaveLength(1);
    },
  );
});
