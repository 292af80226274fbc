import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLogUnavailable } from '../../src/access-log/access-log.js';
import type { Access, StoredAccess } from '../../src/access-log/access-record.js';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import { all } from '../access-log/samples.js';
import { MANAGER, MEMORY, type Scene, setTheScene, TestServer } from './commands.harness.js';

/** An access log that can be held up, and made to fail. */
class SlowLog extends MemoryAccessLog {
  fails = false;
  gate: Promise<void> = Promise.resolve();
  readonly asked: Access[] = [];

  override async append(access: Access): Promise<StoredAccess> {
    this.asked.push(access);
    await this.gate;
    if (this.fails) throw new AccessLogUnavailable('the disk with the access log is full');
    return super.append(access);
  }
}

let server: TestServer;
let scene: Scene;
const log = new SlowLog();

beforeAll(async () => {
  server = await TestServer.start({ config: MEMORY, accessLog: log });
  scene = await setTheScene(server);
});
afterAll(() => server.close());
beforeEach(() => {
  log.fails = false;
  log.gate = Promise.resolve();
});

describe('an answer that shows a person', () => {
  it('does not begin before its record is kept', async () => {
    let open = (): void => undefined;
    log.gate = new Promise((resolve) => {
      open = resolve;
    });
    let arrived = false;
    const answer = server.get(`/recipients/${scene.recipient}/timeline`).then((got) => {
      arrived = true;
      return got;
    });
    await sleep(200);
    expect(arrived).toBe(false);
    open();
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['a timeline', () => `/recipients/${scene.recipient}/timeline`],
    ['a state with its ETag', () => `/recipients/${scene.recipient}`],
    ['a list', () => `/units/${scene.unit}/current`],
    ['what is not there', () => `/recipients/${scene.controller}`],
  ])('is withheld when the log cannot be written: %s', async (_, path) => {
    log.fails = true;
    const { status, body, headers } = await server.get(path());
    expect([status, body.code]).toEqual([503, 'ACCESS_LOG_UNAVAILABLE']);
    expect(JSON.stringify(body)).not.toMatch(/Tolvan|1212/);
    for (const name of ['etag', 'location']) expect(headers.get(name)).toBeNull();
    expect(headers.get('retry-after')).toBe('5');
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('is withheld of a command too, which sent again is the same command', async () => {
    log.fails = true;
    const send = (): ReturnType<TestServer['post']> =>
      server.post(
        `/care-episodes/${scene.episode}/offers`,
        { by: scene.anna, effectiveOn: '2026-11-20' },
        { ifMatch: '*', key: 'once' },
      );
    const refused = await send();
    expect([refused.status, refused.body.code]).toEqual([503, 'ACCESS_LOG_UNAVAILABLE']);
    log.fails = false;
    const again = await send();
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  });

  it('is recorded though nobody waited for it', async () => {
    const before = log.asked.length;
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `GET /api/v1/recipients/${scene.recipient}/timeline HTTP/1.1\r\nHost: localhost\r\nX-Actor-Id: ${MANAGER['X-Actor-Id']}\r\nX-Actor-Role: X\r\n\r\n`,
    );
    await sleep(1);
    socket.destroy();
    for (let round = 0; round < 100 && log.asked.length === before; round++) await sleep(20);
    expect(log.asked.slice(before)).toMatchObject([{ act: 'READ', persons: [scene.recipient] }]);
  });

  it('tells who asked, for what and as of when, where nobody signs in', async () => {
    await server.get(`/recipients/${scene.recipient}/timeline?asOf=2026-11-10&knownAt=2026-11-22T09:00:00%2B01:00`, {
      ...MANAGER,
      'X-Actor-Unit': scene.unit,
    });
    const last = (await all(log.read())).at(-1)!.record;
    expect(last).toMatchObject({
      who: { kind: 'ACTOR', id: MANAGER['X-Actor-Id'], role: 'UNIT_MANAGER', unit: scene.unit },
      on: '2026-11-10',
      knownAt: '2026-11-22T09:00:00+01:00',
      purpose: 'DAILY',
      route: 'recipient.timeline',
    });
    await server.get(`/recipients/${scene.recipient}`);
    expect((await all(log.read())).at(-1)!.record.who).toEqual({ kind: 'UNKNOWN', id: 'nobody' });
  });
});

describe('an answer that shows nobody', () => {
  it('does not wait for its record, and is given without it', async () => {
    log.fails = true;
    const { status } = await server.get(`/reports/supervision?controller=${scene.controller}`);
    expect(status).toBe(200);
    expect(server.log.join('')).toContain('an access could not be recorded');
    expect(server.log.join('')).not.toContain(scene.recipient);
  });
});
