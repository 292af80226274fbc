import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { configAt } from '../support/stores.js';
import { atEpisode } from './commands-at-episode.js';
import { MANAGER, mustBe, setTheScene, TestServer } from './commands.harness.js';

const at = atEpisode();

describe('a command sent again', () => {
  const assign = () => ({ role: 'PRIMARY', staff: at.scene.untitled, override: { reason: 'Ingen annan finns.' } });
  const entries = async () => (await at.server.register.log.readStream(`careEpisode-${at.scene.episode}`)).length;

  it('is answered as it was, once, with the old ETag too', async () => {
    const etag = await at.server.etag(at.episode);
    const key = `k-${at.scene.episode}`;
    const first = mustBe(201, await at.server.post(`${at.episode}/assignments`, assign(), { ifMatch: etag, key }));
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    await at.server.record(at.episode, `/assignments/${first.body.id}/end`, { initiator: 'UNIT', reasonCode: 'OTHER' });
    await at.server.record(`/staff/${at.scene.untitled}`, '/trainings', { course: 'Fast omsorgskontakt' });
    at.server.clock.set('2026-11-25T08:00:00.000Z');
    const again = mustBe(201, await at.server.post(`${at.episode}/assignments`, assign(), { ifMatch: etag, key }));
    at.server.clock.set('2026-11-22T08:00:00.000Z');
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    for (const header of ['etag', 'location']) expect(again.headers.get(header)).toBe(first.headers.get(header));
    expect(await entries()).toBe(3);
  });

  it('is another command under another body, actor or path', async () => {
    const etag = await at.server.etag(at.episode);
    const key = `k-${at.scene.episode}`;
    mustBe(201, await at.server.post(`${at.episode}/assignments`, assign(), { ifMatch: etag, key }));
    for (const [path, body] of [
      [`${at.episode}/assignments`, { ...assign(), role: 'DEPUTY' }],
      [`${at.episode}/assignments`, { ...assign(), effectiveOn: '2026-11-21' }],
      [`${at.episode}/assignments`, { ...assign(), override: { reason: 'Ett annat skäl.' } }],
      [`${at.episode}/assignments`, { ...assign(), effectiveOn: '2099-01-01' }],
      [`${at.episode}/plan-meetings`, { on: '2026-11-24' }],
      [`/staff/${at.scene.anna}/trainings`, { course: 'Grund' }],
    ] as const) {
      const reused = await at.server.post(path, body, { ifMatch: '*', key });
      expect([path, reused.status, reused.body.code]).toEqual([path, 422, 'IDEMPOTENCY_KEY_REUSED']);
    }
    const other = await at.server.post(
      `${at.episode}/plan-meetings`,
      { on: '2026-11-24' },
      { ifMatch: '*', key, headers: { 'X-Actor-Id': 'another' } },
    );
    expect(other.status).toBe(201);
  });

  it.each([
    { 'X-Actor-Role': 'NURSE' },
    { 'X-On-Behalf-Of': 'SE2321000016-1004' },
    { 'X-Actor-Unit': 'SE2321000016-9999' },
  ] as Record<string, string>[])('is another command by the same person with %j', async (headers) => {
    const send = (key: string, more: Record<string, string>) =>
      at.server.post(`${at.episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key, headers: more });
    for (const [key, first, other] of [
      [`with-${at.scene.episode}`, headers, {}],
      [`without-${at.scene.episode}`, {}, headers],
    ] as const) {
      const { body } = mustBe(201, await send(key, first));
      const reused = await send(key, other);
      expect([reused.status, reused.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
      expect(mustBe(201, await send(key, first)).body).toEqual(body);
    }
    expect(await entries()).toBe(3);
  });

  it('that names no day means the day on which it came, not the one that was recorded under its key', async () => {
    const key = `day-${at.scene.episode}`;
    const send = (day: object) =>
      at.server.post(`${at.episode}/plan-meetings`, { on: '2026-11-24', ...day }, { ifMatch: '*', key });
    mustBe(201, await send({ effectiveOn: '2026-11-20' }));
    expect((await send({})).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await send({ effectiveOn: '2026-11-20' })).headers.get('idempotency-replayed')).toBe('true');
  });

  it('at the same time gives one event', async () => {
    const key = `k-${at.scene.episode}`;
    const send = () => at.server.post(`${at.episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(3);
    expect(await entries()).toBe(2);
  });

  it('opens one thing, also when the caller did not name it', async () => {
    const key = `open-${at.scene.episode}`;
    const body = { controller: at.scene.controller, unit: at.scene.unit, name: 'Eva Gren' };
    const [first, again] = [
      await at.server.post('/staff', body, { key }),
      await at.server.post('/staff', body, { key }),
    ];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
  });

  it('after a cut connection gives one event', async () => {
    const key = `cut-${at.scene.episode}`;
    const body = JSON.stringify({ on: '2026-11-24' });
    const headers = {
      ...MANAGER,
      Host: 'localhost',
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
      'If-Match': '*',
      'Idempotency-Key': key,
    };
    const head = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const { port } = new URL(at.server.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.end(`POST /api/v1${at.episode}/plan-meetings HTTP/1.1\r\n${head}\r\n${body}`, () => socket.destroy()),
      );
      socket.on('close', () => resolve());
    });
    for (let sent = 0; sent < 3; sent += 1)
      mustBe(201, await at.server.post(`${at.episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key }));
    expect(await entries()).toBe(2);
  });
});

describe('Idempotency-Key', () => {
  it('survives a restart, and a crash between append and answer', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fok-commands-'));
    const config = configAt(dataDir);
    let answered = true;
    const crashing = await TestServer.start({
      config,
      wrap: (register) => {
        const { log } = register;
        const append: typeof log.append = async (...args) => {
          const result = await log.append(...args);
          if (!answered) throw new Error('the process died here');
          return result;
        };
        return { ...register, log: Object.assign(Object.create(log) as typeof log, { append }) };
      },
    });
    const there = await setTheScene(crashing);
    const resource = `/care-episodes/${there.episode}`;
    answered = false;
    const cut = await crashing.post(`${resource}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*', key: 'once' });
    expect(cut.body.code).toBe('INTERNAL_ERROR');
    await crashing.close();

    const restarted = await TestServer.start({ config });
    const again = await restarted.post(
      `${resource}/plan-meetings`,
      { on: '2026-11-24' },
      { ifMatch: '"0"', key: 'once' },
    );
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.revision]).toEqual([201, 'true', '1']);
    expect(await restarted.register.log.readStream(`careEpisode-${there.episode}`)).toHaveLength(2);
    await restarted.close();
    rmSync(dataDir, { recursive: true });
  });
});
