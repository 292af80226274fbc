import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { simulated } from '../support/simulated.js';
import { answerOf, runProgram } from '../support/verb.js';
import { Caller, type Told } from './http-client.js';
import { allOnce, begin, CONTROLLER, killLeft, mustBeWhole, serve } from './served.js';
import { assessmentsVersion, indexVersion } from '../support/view-versions.js';

jest.setTimeout(600_000);

const CALLERS = 16;
const MOST = 20_000;
const MIB = 1_048_576;
/** A page of a database, in its log. */
const A_PAGE = 4_120;
const UNIT = '/api/v1/units/a0000000-0000-4000-8000-000000000001';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-full-'));
});
afterEach(killLeft);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens units until one is refused. */
async function untilRefused(caller: Caller, url: string): Promise<Told | undefined> {
  for (let number = 0; number < MOST;) {
    const told = await Promise.all(Array.from({ length: CALLERS }, () => caller.open(url, `key-${(number += 1)}`)));
    const refused = told.find((one) => one?.status !== 201);
    if (refused) return refused;
  }
  throw new Error(`${MOST} units were opened, and none was refused`);
}

describe('a server whose disk fills', () => {
  it('refuses, keeps what it acknowledged, goes on answering, and records again by itself when there is room', async () => {
    const data = join(folder, 'log');
    await begin(data);
    const caller = new Caller(CONTROLLER);
    const { server, url } = await serve(data);
    server.limitFiles(statSync(join(data, 'events.sqlite')).size + MIB / 2);
    expect(await untilRefused(caller, url)).toMatchObject({ status: 503, code: 'STORE_UNAVAILABLE', retryAfter: '60' });
    expect((await fetch(`${url}${UNIT}`)).status).toBe(200);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    server.limitFiles();
    await caller.sendAgain(url);
    expect(await server.stop()).toMatchObject({ code: 0 });
    await allOnce(data, caller);
  });

  it('under its views only: it goes on recording, says of what it lacks that it does, and follows by itself when there is room', async () => {
    const data = join(folder, 'views');
    const history = await simulated(join(folder, 'history.ndjson'), {
      recipients: 200,
      from: '2024-01-01',
      to: '2026-06-30',
      seed: 'full',
    });
    const { controller, unit } = somebodyIn(history);
    await answerOf(['--data', data, 'import', history]);
    const { server, url } = await serve(data);
    const limit = 5 * MIB;
    server.limitFiles(limit);
    const room = (path: string): number => limit - statSync(join(data, path)).size;
    // A policy is one entry, and every episode is judged anew by it.
    let token = '';
    for (let version = 1; room(`views/assessments/${assessmentsVersion(1)}.sqlite-wal`) > A_PAGE; version += 1) {
      token = await adopted(url, controller, version);
      await fetch(`${url}/api/v1/units/${unit}/current`, { headers: { 'Consistency-Token': token, Prefer: 'wait=2' } });
    }
    for (const path of [
      'events.sqlite',
      'events.sqlite-wal',
      'keys/keys.sqlite',
      'keys/keys.sqlite-wal',
      `views/index/${indexVersion(1)}.sqlite-wal`,
    ])
      expect([path, room(path) > MIB]).toEqual([path, true]);

    token = await adopted(url, controller, 1_000);
    const ask = (wish: string): Promise<Response> =>
      fetch(`${url}/api/v1/units/${unit}/current`, { headers: { 'Consistency-Token': token, Prefer: wish } });
    const stale = await ask('wait=1');
    expect([stale.status, stale.headers.get('x-stale')]).toEqual([200, 'true']);
    const strict = await ask('wait=1, handling=strict');
    expect([strict.status, await strict.json()]).toEqual([503, expect.objectContaining({ code: 'STALE_READ' })]);
    server.limitFiles();
    const whole = await ask('wait=30, handling=strict');
    expect([whole.status, whole.headers.get('x-stale')]).toEqual([200, null]);
    expect(await server.stop()).toMatchObject({ code: 0 });
    expect(await mustBeWhole(data)).toMatchObject({ views: { episodes: { late: 0 } } });
  });

  it('in the middle of a rebuild: it says so and leaves what answers alone', async () => {
    const data = join(folder, 'rebuilt');
    await begin(data);
    const rebuild = await runProgram(['--data', data, 'projections', 'rebuild', 'index'], { fileLimit: 40 });
    expect(rebuild).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`views/index/${indexVersion(2)}.sqlite is full or fails\n`),
    });
    await mustBeWhole(data);
    expect(await runProgram(['--data', data, 'projections', 'rebuild', 'index'])).toMatchObject({ code: 0 });
    await mustBeWhole(data);
  });
});

/** A municipality of a simulated history and one of its units. */
function somebodyIn(file: string): { readonly controller: string; readonly unit: string } {
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          readonly type: string;
          readonly stream: string;
          readonly data: Readonly<Record<string, string>>;
        },
    );
  const controller =
    lines
      .find(({ type, data }) => type === 'ControllerRegistered' && data['kind'] === 'MUNICIPAL')
      ?.stream.slice('controller-'.length) ?? '';
  const unit =
    lines
      .find(({ type, data }) => type === 'UnitOpened' && data['controller'] === controller)
      ?.stream.slice('unit-'.length) ?? '';
  return { controller, unit };
}

/** Adopts a policy. @returns the consistency token of the answer */
async function adopted(url: string, controller: string, version: number): Promise<string> {
  const answer = await fetch(`${url}/api/v1/controllers/${controller}/policies`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Actor-Id': 'test',
      'X-Actor-Role': 'ADMINISTRATOR',
      'If-Match': '*',
    },
    body: JSON.stringify({
      version: String(version),
      values: { offerTargetDays: version % 300 },
      effectiveOn: '2024-01-01',
      lateReason: 'Registered afterwards.',
    }),
  });
  const { consistencyToken } = (await answer.json()) as { readonly consistencyToken: string };
  expect([answer.status, consistencyToken]).toEqual([201, expect.any(String)]);
  return consistencyToken;
}
