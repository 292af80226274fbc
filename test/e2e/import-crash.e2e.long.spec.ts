import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeHistory } from '../../src/simulation/simulate.js';
import { runVerb } from '../support/cli-in-process.js';
import { Program } from '../support/program.js';
import { inServerOrder } from '../support/server-order.js';
import { embedded, onFerretDb } from '../support/stores.js';

jest.setTimeout(600_000);

const LAST_DAY = '2026-06-30';
const ROUNDS = 5;
/**
 * Instants of the register's own clock, which no two imports share. Positions stay where the log is a file: there they
 * are the order and the number of the events; on a server they are places among what others wrote.
 */
const OF_THIS_IMPORT = new Set([
  'recordedAt',
  'knownAt',
  'register',
  'leaf',
  'registerSince',
  'generatedAt',
  ...(embedded.log ? [] : ['position']),
]);

let folder: string;
let history: string;
let lines: readonly {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}[];
let uninterrupted: unknown;
let milliseconds: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-crash-'));
  history = join(folder, 'history.ndjson');
  const out = createWriteStream(history);
  // Servers, and our doubles of them more so, take many times as long for a fact as a file does.
  const recipients = onFerretDb ? 40 : embedded.log ? 400 : 150;
  await writeHistory({ recipients, from: '2022-01-01', to: LAST_DAY, seed: 'crash' }, out);
  out.end();
  await finished(out);
  lines = readFileSync(history, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as (typeof lines)[number]);

  const started = Date.now();
  expect(await importInto('whole')).toMatchObject({ lines: lines.length, imported: lines.length, rejected: 0 });
  milliseconds = Date.now() - started;
  uninterrupted = await everyAnswer('whole');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// FerretDB 1.24 answers nobody any more once a client was killed in the middle of a write: nothing of ours could be
// seen behind that.
(onFerretDb ? describe.skip : describe)('an import that is killed', () => {
  it(`${ROUNDS} times, at random moments from start to end, and run again gives what an uninterrupted one gives`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const run = startImport('killed');
      const moment = ((round + Math.random()) / ROUNDS) * milliseconds;
      await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, moment))]);
      await run.kill();
    }
    const last = await importInto('killed');
    expect(last).toMatchObject({ lines: lines.length, rejected: 0 });
    expect(Number(last['imported']) + Number(last['skipped'])).toBe(lines.length);
    expect(await everyAnswer('killed')).toEqual(uninterrupted);
  });

  it('changes nothing when it is run once more', async () => {
    expect(await importInto('killed')).toMatchObject({ imported: 0, skipped: lines.length, rejected: 0 });
    expect(await everyAnswer('killed')).toEqual(uninterrupted);
  });
});

describe('an import beside a running server', () => {
  const UNIT = 'a0000000-0000-4000-8000-000000000001';
  const example = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));

  it('is answered over HTTP within a second of being recorded', async () => {
    const data = join(folder, 'served');
    expect((await runVerb(['--data', data, 'import', example])).code).toBe(0);
    const server = new Program('main', [], { environment: { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'silent' } });
    try {
      const [, address] = await server.says(/Listening on (http:\S+?)\/? /);
      const delays: number[] = [];
      for (const number of [1, 2, 3]) {
        const episode = `e1000000-0000-4000-8000-00000000000${number}`;
        const file = join(folder, `${episode}.ndjson`);
        writeFileSync(
          file,
          newcomer(number, episode)
            .map((line) => `${JSON.stringify(line)}\n`)
            .join(''),
        );
        const adding = new Program('cli', ['--data', data, 'import', file, '--source', episode]).ended;
        const seen = await whenTold(`${address}/api/v1/units/${UNIT}/current?on=2025-06-30`, episode);
        expect(await adding).toMatchObject({ code: 0 });
        delays.push(seen - (await recordedAt(data, `careEpisode-${episode}`)));
      }
      // The middle one: a single delay may be the scheduler's on a busy machine. How fast our doubles are is no promise.
      expect(delays.sort((a, b) => a - b)[1]).toBeLessThan(embedded.log ? 1_000 : 10_000);
      expect(await server.stop()).toMatchObject({ code: 0 });
    } finally {
      await server.kill();
    }
  });

  /** A person who begins to have home care at the unit. */
  function newcomer(number: number, episode: string): object[] {
    const recipient = `11000000-0000-4000-8000-00000000000${number}`;
    const about = { effectiveOn: '2025-06-02', actor: { id: 'test', role: 'UNIT_MANAGER' } };
    const identity = { type: 'RESERVE', value: `R-${number}` };
    return [
      {
        ref: 'person',
        type: 'RecipientRegistered',
        stream: `recipient-${recipient}`,
        ...about,
        data: { controller: 'c0000000-0000-4000-8000-000000000001', identity, name: 'Nils Ny', protection: 'NONE' },
      },
      {
        ref: 'care',
        type: 'CareEpisodeStarted',
        stream: `careEpisode-${episode}`,
        ...about,
        data: { recipient, unit: UNIT, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: ['MEALS'] },
      },
    ];
  }

  /** The moment at which an answer tells of an id. */
  async function whenTold(url: string, id: string): Promise<number> {
    for (;;) {
      const answer = await fetch(url);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(text);
      if (text.includes(id)) return Date.now();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function recordedAt(data: string, stream: string): Promise<number> {
    const { stdout } = await runVerb(['--data', data, 'events', 'show', '--stream', stream]);
    return Date.parse((JSON.parse(stdout) as { recordedAt: string }).recordedAt);
  }
});

function startImport(data: string): Program {
  return new Program('cli', ['--data', join(folder, data), 'import', history, '--format', 'json']);
}

async function importInto(data: string): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await startImport(data).ended;
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/**
 * The reports, every judgement of the day, and the timelines of some: what the register answers, without the instants
 * of its own clock.
 */
async function everyAnswer(data: string): Promise<unknown> {
  const controllers = lines
    .filter(({ type }) => type === 'ControllerRegistered')
    .map(({ stream }) => stream.slice('controller-'.length));
  const recipients = lines
    .filter(({ type }, at) => type === 'RecipientRegistered' && at % 10 === 0)
    .map(({ stream }) => stream.slice('recipient-'.length));
  const questions = [
    ...controllers.flatMap((id) => ['2023-06-30', LAST_DAY].map((on) => ['report', '--controller', id, '--on', on])),
    ['compliance', '--all', '--on', LAST_DAY],
    ...recipients.map((id) => ['timeline', id, '--as-of', LAST_DAY]),
  ];
  const answers: Record<string, unknown> = {};
  for (const question of questions) {
    const { code, stdout, stderr } = await runVerb(['--data', join(folder, data), ...question, '--format', 'json']);
    if (code !== 0) throw new Error(stderr);
    const texts = question.includes('--all') ? stdout.trim().split('\n') : [stdout];
    const told = texts.map(
      (text) =>
        JSON.parse(text, (key, value: unknown) => (OF_THIS_IMPORT.has(key) ? undefined : value)) as Record<
          string,
          unknown
        >,
    );
    answers[question.join(' ')] = question[0] === 'timeline' ? told.map(inServerOrder) : told;
  }
  return answers;
}
