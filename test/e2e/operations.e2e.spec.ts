import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ViewStoreUnavailable } from '../../src/kernel/view-store/view-store.js';
import { MEMORY, mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';
import { assessmentsVersion, indexVersion } from '../support/view-versions.js';

interface Metric {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

/** Asks beside the API. */
async function ask(
  server: TestServer,
  path: string,
): Promise<{ readonly status: number; readonly type: string; readonly text: string }> {
  const answer = await fetch(`${server.url}${path}`);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

async function metrics(server: TestServer): Promise<(name: string, labels?: string) => number> {
  const { status, type, text } = await ask(server, '/metrics');
  expect([status, type]).toEqual([200, expect.stringMatching(/^text\/plain; version=0\.0\.4/)]);
  const found = text.split('\n').flatMap((line): Metric[] => {
    const match = /^(\w+)(\{[^}]*\})? (\S+)$/.exec(line);
    return match ? [{ name: match[1] ?? '', labels: match[2] ?? '', value: Number(match[3]) }] : [];
  });
  return (name, labels = '') => {
    const metric = found.find((one) => one.name === name && one.labels === labels);
    if (!metric) throw new Error(`there is no ${name}${labels} in\n${text}`);
    return metric.value;
  };
}

describe('a server in operation', () => {
  let server: TestServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await TestServer.start();
    scene = await setTheScene(server);
    await server.register.waitFor(await server.register.store.head(), 5_000);
  });
  afterAll(() => server.close());

  it('tells Prometheus what was appended, how far the views are and what went wrong', async () => {
    const of = await metrics(server);
    const facts = await server.register.store.count();
    expect(of('fok_appended_events_total')).toBe(facts);
    expect(of('fok_append_seconds_count')).toBe(facts);
    expect(of('fok_view_step_seconds_count')).toBeGreaterThan(0);
    expect(of('fok_stores_reachable')).toBe(1);
    for (const view of ['index', 'assessments']) {
      expect([
        of('fok_view_lag_events', `{view="${view}"}`),
        of('fok_view_lag_seconds', `{view="${view}"}`),
        of('fok_view_parked', `{view="${view}"}`),
      ]).toEqual([0, 0, 0]);
    }
    expect([of('fok_rebuild_running'), of('fok_view_errors_total')]).toEqual([0, 0]);
  });

  it('counts what landed, not what was refused', async () => {
    const before = (await metrics(server))('fok_appended_events_total');
    const resource = `/care-episodes/${scene.episode}`;
    const etag = await server.etag(resource);
    const on = { effectiveOn: '2026-11-20' };
    const answers = await Promise.all(
      [1, 2].map((n) => server.post(`${resource}/plan-meetings`, { on: `2026-12-0${n}`, ...on }, { ifMatch: etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    const of = await metrics(server);
    expect(of('fok_appended_events_total')).toBe(before + 1);
  });

  it('shows nothing about anybody', async () => {
    const { text } = await ask(server, '/metrics');
    for (const word of ['Tolvan', '19121212', 'Anna', scene.recipient, scene.episode]) expect(text).not.toContain(word);
  });

  it('is alive, and ready while its stores answer and its views are current', async () => {
    const live = await ask(server, '/health/live');
    const signIn = { status: 'up', auth: 'none' };
    expect([live.status, JSON.parse(live.text)]).toEqual([
      200,
      expect.objectContaining({ status: 'ok', details: { signIn } }),
    ]);
    const ready = await ask(server, '/health/ready');
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      200,
      expect.objectContaining({
        status: 'ok',
        details: expect.objectContaining({
          signIn,
          eventStore: expect.objectContaining({ status: 'up' }),
          viewStore: expect.objectContaining({ status: 'up' }),
          views: expect.objectContaining({ status: 'up', standsStill: false }),
        }),
      }),
    ]);
  });

  it('tells where its views stand', async () => {
    const head = await server.register.store.head();
    expect(await server.register.waitFor(head, 5_000)).toBe(true);
    const { body } = mustBe(200, await server.get('/projections'));
    expect(body).toMatchObject({
      projections: [
        { name: 'index', version: indexVersion(1), position: String(head), lag: 0 },
        {
          name: 'assessments',
          version: assessmentsVersion(1),
          position: String(head),
          lag: 0,
          waiting: false,
          parked: 0,
        },
      ],
      rebuild: { state: 'IDLE' },
    });
  });

  it('has nothing to rebuild beside in memory', async () => {
    const passing = await TestServer.start({ config: MEMORY });
    for (const view of ['index', 'assessments'])
      expect(await passing.post(`/projections/${view}/rebuild`, undefined)).toMatchObject({
        status: 409,
        body: { code: 'NO_BACKGROUND_REBUILD' },
      });
    expect(await passing.post('/projections/figures/rebuild', undefined)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    await passing.close();
  });
});

describe('a server whose views lag', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
    await setTheScene(server);
    await server.register.runner.stop();
    await server.post('/controllers', {
      name: 'Bräcke kommun',
      kind: 'MUNICIPAL',
      orgNumber: '212000-2395',
      effectiveOn: '2026-11-20',
    });
  });
  afterAll(() => server.close());

  it('is ready until the oldest entry that it lacks is older than allowed', async () => {
    server.clock.set('2026-11-22T08:00:59.000Z');
    expect((await ask(server, '/health/ready')).status).toBe(200);
    server.clock.set('2026-11-22T08:01:01.000Z');
    const { status, type, text } = await ask(server, '/health/ready');
    expect([status, type, JSON.parse(text)]).toEqual([
      503,
      expect.stringContaining('application/problem+json'),
      expect.objectContaining({
        code: 'NOT_READY',
        details: expect.objectContaining({
          views: expect.objectContaining({ status: 'down', lagSeconds: 61, maxLagSeconds: 60 }),
        }),
      }),
    ]);
    expect((await ask(server, '/health/live')).status).toBe(200);
    expect((await metrics(server))('fok_view_lag_events', '{view="assessments"}')).toBe(1);
  });
});

describe('a server whose view store is away', () => {
  it('is not ready and says which store, tells its other figures still, and gives away no address', async () => {
    const server = await TestServer.start({
      wrap: (register) => {
        const away = (): never => {
          throw new ViewStoreUnavailable('mongodb://admin:secret@db is away');
        };
        const projection = new Proxy(register.projection, {
          get: (target, name, receiver) =>
            name === 'version'
              ? away()
              : name === 'refresh'
                ? async () => away()
                : (Reflect.get(target, name, receiver) as unknown),
        });
        const projections = register.projections.map((view) =>
          view.projection === register.projection ? { ...view, projection } : view,
        );
        return { ...register, projection, projections };
      },
    });
    try {
      const { status, text } = await ask(server, '/health/ready');
      expect([status, JSON.parse(text)]).toEqual([
        503,
        expect.objectContaining({
          details: expect.objectContaining({
            eventStore: expect.objectContaining({ status: 'up' }),
            viewStore: expect.objectContaining({ status: 'down' }),
          }),
        }),
      ]);
      const of = await metrics(server);
      expect([of('fok_stores_reachable'), of('fok_appended_events_total')]).toEqual([0, 0]);
      expect(text + server.log.join('')).not.toContain('secret');
    } finally {
      await server.close();
    }
  });
});
