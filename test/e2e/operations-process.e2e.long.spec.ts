import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openRegister } from '../../src/app/register.js';
import { consistencyToken } from '../../src/kernel/http/consistency-token.js';
import { openViewStore } from '../../src/stores/open-stores.js';
import { ASSESSMENTS } from '../../src/judgement/assessments/assessment-projection.js';
import { INDEX } from '../../src/judgement/index/index-projection.js';
import { runVerb } from '../support/cli-in-process.js';
import { Program } from '../support/program.js';
import { configAt } from '../support/stores.js';
import { assessmentsVersion, indexVersion } from '../support/view-versions.js';

jest.setTimeout(240_000);

const example = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const UNIT = 'a0000000-0000-4000-8000-000000000001';

interface Rebuild {
  readonly state: string;
  readonly version?: string;
  readonly progress?: { readonly done: number; readonly total: number };
}

describe('a server as a process', () => {
  let folder: string;
  let server: Program;
  let url: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-operations-'));
    expect((await runVerb(['--data', folder, 'import', example])).code).toBe(0);
    await start();
  });
  afterEach(async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    server = new Program('main', [], { environment: { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn' } });
    url = (await server.says(/Listening on (http:\S+?)\/? /))[1] ?? '';
  }

  const get = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${url}/api/v1${path}`)).json()) as Record<string, unknown>;
  const rebuild = async (): Promise<Rebuild> => (await get('/projections'))['rebuild'] as Rebuild;

  it.each([
    ['index', 0, indexVersion],
    ['assessments', 1, assessmentsVersion],
  ] as const)('builds its %s anew beside what answers, and swaps', async (view, place, versionOf) => {
    const before = await get(`/units/${UNIT}/current?on=2025-06-30`);
    const accepted = await fetch(`${url}/api/v1/projections/${view}/rebuild`, { method: 'POST' });
    expect([accepted.status, await accepted.json()]).toEqual([202, { state: 'RUNNING', view }]);
    let state = await rebuild();
    while (state.state === 'RUNNING') {
      expect((await get(`/units/${UNIT}/current?on=2025-06-30`))['items']).toEqual(before['items']);
      state = await rebuild();
    }
    expect(state).toEqual({ state: 'DONE', view, version: versionOf(2) });
    for (;;) {
      const built = (
        (await get('/projections'))['projections'] as readonly {
          readonly version: string;
          readonly others: readonly string[];
        }[]
      )[place];
      if (built?.version === versionOf(2)) {
        expect(built.others).toEqual([versionOf(1)]);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await get(`/units/${UNIT}/current?on=2025-06-30`))['items']).toEqual(before['items']);
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it('ends with 0 at one SIGTERM, and answers first who is waiting', async () => {
    const register = await openRegister(configAt(folder));
    const token = consistencyToken(await register.registerId(), 999_999_999_999_999n);
    await register.close();
    const waiting = fetch(`${url}/api/v1/units/${UNIT}/current?on=2025-06-30`, {
      headers: { 'Consistency-Token': token, Prefer: 'wait=30' },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const started = performance.now();
    const stopped = server.stop();
    const answer = await waiting;
    expect([answer.status, answer.headers.get('x-stale')]).toEqual([200, 'true']);
    await answer.text();
    expect(await stopped).toMatchObject({ code: 0, stdout: '' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('ends with 0 in the middle of a rebuild, which goes on when it is started again', async () => {
    await fetch(`${url}/api/v1/projections/assessments/rebuild`, { method: 'POST' });
    expect(await server.stop()).toMatchObject({ code: 0 });
    await start();
    const [, assessments] = (await get('/projections'))['projections'] as readonly { readonly version: string }[];
    await fetch(`${url}/api/v1/projections/assessments/rebuild`, { method: 'POST' });
    let state = await rebuild();
    while (state.state === 'RUNNING') state = await rebuild();
    // So short a log may have been through before the signal came: then another version is made.
    expect(state).toMatchObject({
      state: 'DONE',
      version: assessments?.version === assessmentsVersion(2) ? assessmentsVersion(3) : assessmentsVersion(2),
    });
  });

  it('builds anew, beside what answers, views that an older program made', async () => {
    expect(await server.stop()).toMatchObject({ code: 0 });
    const views = await openViewStore(configAt(folder));
    for (const { name, collections } of [INDEX, ASSESSMENTS]) {
      await views.open(name, '0.1', collections);
      await views.activate(name, '0.1');
    }
    await views.close();
    await start();
    for (;;) {
      const status = await get('/projections');
      const shown = (status['projections'] as readonly { readonly version: string; readonly outdated: boolean }[]).map(
        ({ version, outdated }) => [version, outdated],
      );
      expect((status['rebuild'] as Rebuild).state).not.toBe('FAILED');
      if (shown[0]?.[0] === indexVersion(1) && shown[1]?.[0] === assessmentsVersion(1)) {
        expect(shown).toEqual([
          [indexVersion(1), false],
          [assessmentsVersion(1), false],
        ]);
        break;
      }
      expect(shown.some(([, outdated]) => outdated)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it('stands still with POISON_POLICY=stop only where something cannot be judged: a sound log is followed', async () => {
    expect(await server.stop()).toMatchObject({ code: 0 });
    server = new Program('main', [], {
      environment: { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', POISON_POLICY: 'stop' },
    });
    url = (await server.says(/Listening on (http:\S+?)\/? /))[1] ?? '';
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });
});
