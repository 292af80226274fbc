import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Program } from '../support/program.js';
import { atMost, LEFT_TO_CHANCE, Moments, ROUNDS } from '../support/rounds.js';
import { simulated } from '../support/simulated.js';
import { answerOf } from '../support/verb.js';
import { Caller } from './http-client.js';
import { allOnce, begin, CONTROLLER, killLeft, mustBeWhole, serve } from './served.js';

jest.setTimeout(3_600_000);

const CALLERS = 16;
const SAMPLE = ['--sample', '200'];

let folder: string;
let history: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-killed-'));
  history = await simulated(join(folder, 'history.ndjson'), {
    recipients: 300,
    from: '2022-01-01',
    to: '2026-06-30',
    seed: 'killed',
  });
});
afterEach(killLeft);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe(`what is killed at random moments ${LEFT_TO_CHANCE}`, () => {
  it('in the middle of commands: the server has all that it acknowledged, and nothing twice', async () => {
    const data = join(folder, 'server');
    const moments = new Moments('server');
    await begin(data);
    const caller = new Caller(CONTROLLER);
    let before: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { server, url } = await serve(data);
      // What an earlier round left without an answer is sent again, under the same key.
      await caller.sendAgain(url, before);
      const sentBefore = caller.sent.size;
      let number = 0;
      let over = false;
      const callers = Array.from({ length: CALLERS }, async () => {
        while (!over && (await caller.open(url, `round-${round}-${(number += 1)}`)));
      });
      await atMost(moments.within(20, 800), server.ended);
      await server.kill();
      over = true;
      await Promise.all(callers);
      before = [...caller.sent].slice(sentBefore);
      await mustBeWhole(data, SAMPLE);
    }
    await allOnce(data, caller);
  });

  it('in the middle of an import: whatever was in is whole, and run again it is all in', async () => {
    const moments = new Moments('import');
    const started = Date.now();
    const lines = await completed('whole');
    const milliseconds = Date.now() - started;
    const wanted = await judgements('whole');
    let data = 'import-0';
    let killed = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = importInto(data);
      await atMost(moments.within(0, milliseconds), run.ended);
      const { code } = await run.kill();
      if (code === 'SIGKILL') killed += 1;
      // It may have died before it made anything.
      if (existsSync(join(folder, data, 'events.sqlite'))) await mustBeWhole(join(folder, data), SAMPLE);
      // An import that came through begins anew: else most rounds would only find that everything is there.
      if (code === 0 || round === ROUNDS - 1) {
        expect(await completed(data)).toBe(lines);
        expect(await judgements(data)).toBe(wanted);
        await mustBeWhole(join(folder, data));
        data = `import-${round + 1}`;
      }
    }
    expect(killed).toBeGreaterThan(0);
  });

  it('in the middle of a rebuild: what answers is left alone, and run again it goes on', async () => {
    const data = 'rebuilt';
    await completed(data);
    const before = await judgements(data);
    for (const view of ['index', 'assessments']) {
      const moments = new Moments(view);
      const timed = join(folder, `timed-${view}`);
      cpSync(join(folder, data), timed, { recursive: true });
      const started = Date.now();
      await answerOf(['--data', timed, 'projections', 'rebuild', view]);
      const milliseconds = Date.now() - started;
      for (let round = 0; round < ROUNDS; round += 1) {
        const run = new Program('cli', ['--data', join(folder, data), 'projections', 'rebuild', view]);
        await atMost(moments.within(0, milliseconds), run.ended);
        await run.kill();
        await mustBeWhole(join(folder, data), SAMPLE);
      }
      await answerOf(['--data', join(folder, data), 'projections', 'rebuild', view]);
    }
    expect(await judgements(data)).toBe(before);
    expect(await mustBeWhole(join(folder, data))).toMatchObject({ views: { episodes: { late: 0 } } });
  });
});

function importInto(data: string): Program {
  return new Program('cli', ['--data', join(folder, data), 'import', history, '--format', 'json']);
}

/** Imports to the end. @returns how many lines are in, of this run or of those before */
async function completed(data: string): Promise<number> {
  const { code, stdout, stderr } = await importInto(data).ended;
  if (code !== 0) throw new Error(stderr);
  const { imported, skipped } = JSON.parse(stdout) as { readonly imported: number; readonly skipped: number };
  return imported + skipped;
}

/** Every judgement of a day, as the command line tells it. */
async function judgements(data: string): Promise<string> {
  const { code, stdout, stderr } = await new Program('cli', [
    '--data',
    join(folder, data),
    'compliance',
    '--all',
    '--on',
    '2026-06-30',
    '--format',
    'json',
  ]).ended;
  if (code !== 0) throw new Error(stderr);
  expect(stdout.split('\n').length).toBeGreaterThan(50);
  // Positions stand in none of them; what was known when does.
  return stdout.replaceAll(/"knownAt":"[^"]*"/g, '"knownAt":""');
}
