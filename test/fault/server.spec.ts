import { cpSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { writeHistory } from '../../src/simulation/simulate.js';
import { runVerb } from '../support/cli-in-process.js';
import { Program, type ProgramOptions } from '../support/program.js';
import { answerOf } from '../support/verb.js';
import { Caller } from './http-client.js';

jest.setTimeout(1_200_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const CONTROLLER = 'c0000000-0000-4000-8000-000000000001';
const CALLERS = 16;
/** How often something is killed at a random moment. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 5);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-server-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a server', () => {
  it(`that is killed ${ROUNDS} times in the middle of commands has all that it acknowledged, and nothing twice`, async () => {
    const data = join(folder, 'killed');
    await begin(data);
    const caller = new Caller(CONTROLLER);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { server, url } = await serve(data);
      // What an earlier round left without an answer is sent again, under the same key.
      for (const key of caller.sent) {
        const known = caller.acknowledged.has(key);
        const answer = await caller.open(url, key);
        expect(answer).toMatchObject({ status: 201, ...(known ? { replayed: true } : {}) });
      }
      let number = 0;
      let over = false;
      const callers = Array.from({ length: CALLERS }, async () => {
        while (!over && (await caller.open(url, `round-${round}-${(number += 1)}`)));
      });
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 800));
      await server.kill();
      over = true;
      await Promise.all(callers);
    }
    await allOnce(data, caller);
  });

  it('whose disk fills refuses, keeps what it acknowledged, goes on answering, and records again when there is room', async () => {
    const data = join(folder, 'full');
    await begin(data);
    const caller = new Caller(CONTROLLER);
    const { server, url } = await serve(data, { fileLimit: 1_600 });
    let number = 0;
    let refused: Awaited<ReturnType<Caller['open']>>;
    while (!refused && number < 5_000) {
      const answers = await Promise.all(Array.from({ length: CALLERS }, () => caller.open(url, `key-${(number += 1)}`)));
      refused = answers.find((answer) => answer?.status !== 201);
    }
    expect(refused).toMatchObject({ status: 503, retryAfter: '60' });
    expect((await fetch(`${url}/api/v1/units/a0000000-0000-4000-8000-000000000001`)).status).toBe(200);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await server.stop();

    const again = await serve(data);
    for (const key of caller.sent) expect(await caller.open(again.url, key)).toMatchObject({ status: 201 });
    expect(await again.server.stop()).toMatchObject({ code: 0 });
    await allOnce(data, caller);
  });
});

describe('a rebuild', () => {
  it(`that is killed ${ROUNDS} times at random moments leaves what answers alone, and goes on when it is run again`, async () => {
    const data = join(folder, 'rebuilt');
    const history = join(folder, 'history.ndjson');
    const out = createWriteStream(history);
    await writeHistory({ recipients: 300, from: '2022-01-01', to: '2026-06-30', seed: 'rebuild' }, out);
    out.end();
    await finished(out);
    await answerOf(['--data', data, 'import', history]);
    const compliance = async (): Promise<string> => (await new Program('cli', ['--data', data, 'compliance', '--all', '--on', '2026-06-30', '--format', 'json']).ended).stdout;
    const before = await compliance();
    expect(before.split('\n').length).toBeGreaterThan(50);
    for (const view of ['index', 'assessments']) {
      const whole = join(folder, `timed-${view}`);
      cpSync(data, whole, { recursive: true });
      const started = Date.now();
      await answerOf(['--data', whole, 'projections', 'rebuild', view]);
      const milliseconds = Date.now() - started;
      for (let round = 0; round < ROUNDS; round += 1) {
        const run = new Program('cli', ['--data', data, 'projections', 'rebuild', view]);
        await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, ((round + Math.random()) / ROUNDS) * milliseconds))]);
        await run.kill();
      }
      await answerOf(['--data', data, 'projections', 'rebuild', view]);
    }
    expect(await compliance()).toBe(before);
    expect(await answerOf(['--data', data, 'check', '--all'])).toMatchObject({ ok: true, views: { episodes: { late: 0 } } });
  });
});

async function begin(data: string): Promise<void> {
  expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({ code: 0 });
}

async function serve(data: string, options: ProgramOptions = {}): Promise<{ readonly server: Program; readonly url: string }> {
  const server = new Program('main', [], { ...options, environment: { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'silent' } });
  const [, url = ''] = await server.says(/Listening on (http:\S+?)\/? /);
  return { server, url };
}

/** Every unit that was acknowledged is in the log, each once, no other is, and the register is whole. */
async function allOnce(data: string, caller: Caller): Promise<void> {
  const { server, url } = await serve(data);
  for (const key of caller.sent) expect(await caller.open(url, key)).toMatchObject({ status: 201 });
  await server.stop();
  const store = await SqliteEventStore.open({ path: join(data, 'events.sqlite'), readOnly: true });
  const records = await store.readLog({ limit: 1_000_000 });
  await store.close();
  const opened = records.slice(86).filter(({ type }) => type === 'UnitOpened').map(({ stream }) => stream.slice('unit-'.length));
  expect(opened.sort()).toEqual([...caller.acknowledged.values()].sort());
  expect(caller.acknowledged.size).toBe(caller.sent.size);
  expect(await answerOf(['--data', data, 'check', '--all'])).toMatchObject({ ok: true, log: { checked: records.length } });
}
