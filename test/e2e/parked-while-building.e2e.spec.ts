import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EpisodeJudge } from '../../src/judgement/assessments/episode-judge.js';
import { runVerb, type Told } from '../support/cli-in-process.js';
import { assessmentsVersion } from '../support/view-versions.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const [ANNA, BERTIL] = ['e0000000-0000-4000-8000-000000000001', 'e0000000-0000-4000-8000-000000000002'];
const [ANSWERING, BUILDING] = [assessmentsVersion(1), assessmentsVersion(2)];
const REBUILD = ['projections', 'rebuild', 'assessments'];

describe('episodes that are parked in a version that is being built', () => {
  let data: string;
  let damaged: readonly string[];
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'fok-parked-'));
    damaged = [];
    expect(await verb('import', EXAMPLE)).toMatchObject({ code: 0 });
    damaged = [ANNA, BERTIL];
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  /** Runs a verb of a program that can judge all but the damaged ones. */
  function verb(...args: string[]): Promise<Told> {
    const judge = (local: EpisodeJudge): EpisodeJudge => ({
      moveTo: (upTo, grown) => local.moveTo(upTo, grown),
      judge: async (episodes) =>
        (await local.judge(episodes)).map((judged) =>
          damaged.includes(judged.episode) ? { episode: judged.episode, error: 'it cannot be read' } : judged,
        ),
      close: () => local.close(),
    });
    return runVerb(['--data', data, ...args], {}, { judge });
  }
  const parked = async (): Promise<unknown> => JSON.parse((await verb('parked', 'list', '--format', 'json')).stdout);

  it('are told of by the refused rebuild, listed with the version, shown, tried again and skipped, and the rebuild goes on', async () => {
    expect(await verb(...REBUILD)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(`version ${BUILDING} was not activated: 2 episodes cannot be judged.*fok parked list`),
      ),
    });
    expect((await verb('parked', 'list')).stdout).toMatch(
      new RegExp(
        `^${ANNA}  version ${BUILDING} \\(being built\\), since .*\n${BERTIL}  version ${BUILDING} \\(being built\\)`,
      ),
    );
    expect(await parked()).toMatchObject([
      { episode: ANNA, version: BUILDING, answers: false, tries: 1 },
      { episode: BERTIL, version: BUILDING, answers: false },
    ]);
    expect(await verb('parked', 'show', ANNA)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${ANNA}  version ${BUILDING}`),
    });
    expect(await verb('parked', 'retry', ANNA)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('tried 2 times'),
      stderr: expect.stringContaining('still cannot be judged'),
    });
    expect(await verb('parked', 'skip', ANNA, '--reason', 'beslut 2026-17')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('fok projections rebuild assessments'),
    });
    expect(await verb(...REBUILD)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`1 episodes cannot be judged, the first is ${BERTIL}`),
    });
    damaged = [ANNA];
    expect(await verb('parked', 'retry', BERTIL)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('was judged'),
    });
    expect(await verb(...REBUILD)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`version ${BUILDING} answers now (before: ${ANSWERING})`),
    });
    expect(await parked()).toMatchObject([
      { episode: ANNA, version: BUILDING, answers: true, skipped: 'beslut 2026-17' },
    ]);
    expect(await verb('parked', 'show', BERTIL)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not parked'),
    });
  });

  it('keep it from answering no longer than until they are mended', async () => {
    expect(await verb(...REBUILD)).toMatchObject({ code: 1 });
    damaged = [];
    expect(await verb(...REBUILD)).toMatchObject({ code: 0 });
    expect(await parked()).toEqual([]);
  });

  it('are skipped there and in the version that answers, when they are parked in both', async () => {
    const more = join(data, 'more.ndjson');
    const meeting = {
      ref: 'meeting',
      type: 'PlanMeetingBooked',
      stream: `careEpisode-${ANNA}`,
      effectiveOn: '2024-05-01',
      actor: { id: 'test', role: 'ADMINISTRATOR' },
      data: { on: '2024-05-20' },
    };
    writeFileSync(more, `${JSON.stringify(meeting)}\n`);
    damaged = [ANNA];
    expect(await verb('import', more)).toMatchObject({ code: 0 });
    expect(await verb(...REBUILD)).toMatchObject({ code: 1 });
    expect(await parked()).toMatchObject([
      { episode: ANNA, version: ANSWERING, answers: true, skipped: null },
      { episode: ANNA, version: BUILDING, answers: false, skipped: null },
    ]);
    const skipped = await verb('parked', 'skip', ANNA, '--reason', 'beslut 2026-18', '--format', 'json');
    expect(JSON.parse(skipped.stdout)).toMatchObject({
      episode: ANNA,
      version: ANSWERING,
      skipped: 'beslut 2026-18',
      others: [{ version: BUILDING, skipped: 'beslut 2026-18' }],
    });
    expect(await verb(...REBUILD)).toMatchObject({ code: 0 });
    expect(await parked()).toMatchObject([
      { episode: ANNA, version: BUILDING, answers: true, skipped: 'beslut 2026-18' },
    ]);
  });
});
