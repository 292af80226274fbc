import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importHistory } from '../../src/import/import-history.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { openRegister, type Register } from '../../src/app/register.js';
import { simulate } from '../../src/simulation/simulate.js';
import { STILL_KNOWN } from '../../src/judgement/assessments/assessment-rows.js';
import { LocalJudge } from '../../src/judgement/assessments/episode-judge.js';
import { rebuildAssessments, rebuildIndex } from '../../src/judgement/running/rebuild.js';
import { GetTimeline, GetTimelineHandler } from '../../src/answers/timeline/get-timeline.js';
import { holdings } from '../support/holdings.js';
import { inAnotherOrder, type Kept, withoutCorrections } from './judge/arrival-order.js';
import { hostileWorld } from './judge/hostile-history.arbitrary.js';
import type { Line, World } from './judge/world.js';
import { assessmentsVersion, indexVersion } from '../support/view-versions.js';

const WORLDS = Number(process.env['ORDER_WORLDS'] ?? 12);
const SEED = Number(process.env['ORDER_SEED'] ?? 20260701);
const SHORT = { seed: SEED, numRuns: WORLDS, interruptAfterTimeLimit: 60_000 + WORLDS * 2_000 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fok-order-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Histories that the simulator makes, small enough to be imported many times. */
const simulated = fc.constantFrom(
  ...['a', 'b', 'c', 'd'].map((seed): World => {
    const lines = [...simulate({ recipients: 4, from: '2023-01-01', to: '2025-06-30', seed })];
    return { today: '2026-11-22', lines, recordedAt: lines.map(() => '') };
  }),
);
const worlds = fc.oneof({ weight: 3, arbitrary: hostileWorld() }, { weight: 1, arbitrary: simulated });
const choices = fc.array(fc.nat(1_000), { minLength: 20, maxLength: 60 });

/**
 * A register in which everything became known at one instant, in this order; pieces of it are imported and followed one
 * after another.
 */
async function told(today: string, pieces: readonly (readonly Line[])[]): Promise<Register> {
  const register = await openRegister(
    { dataDir: folder, eventStore: 'memory', viewStore: 'memory' },
    { clock: new FixedClock(`${today}T10:00:00.000Z`) },
  );
  for (const lines of pieces) {
    const file = join(folder, 'history.ndjson');
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { rejectedByCode } = await importHistory(register, {
      file,
      source: 'world',
      dryRun: false,
      rejectFile: `${file}.rejects`,
    });
    expect({ rejectedByCode, lines }).toEqual({ rejectedByCode: {}, lines });
    await register.runner.drain();
  }
  return register;
}

/** Everything that a view holds of an episode: its judgement with figures and evidence, which are sets. */
async function judgements(register: Register): Promise<unknown> {
  const { version } = register.projection;
  const sorted = (_: string, value: unknown): unknown =>
    Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.toSorted() : value;
  const rows = async (collection: string): Promise<string[]> =>
    (await version.find(collection, {}))
      // What was known in between is another history where things became known in another order.
      .filter(({ revised }) => revised === undefined || revised === STILL_KNOWN)
      .map((row) => JSON.stringify({ ...row, n: 0, learnt: 0 }, sorted))
      .sort();
  return {
    episodes: await rows('episodes'),
    stretches: await rows('stretches'),
    parked: await rows('parked'),
    waiting: await rows('waiting'),
  };
}

/** Each recipient's timeline by day and stream: what of one day stands in different streams has no order of its own. */
async function timelines(register: Register, world: World): Promise<unknown> {
  const handler = new GetTimelineHandler(register);
  const all: Record<string, unknown> = {};
  for (const { stream } of world.lines.filter(({ type }) => type === 'RecipientRegistered')) {
    const recipient = stream.slice('recipient-'.length);
    const { entries, recipients } = await handler.execute(new GetTimeline(recipient, '2035-01-01'));
    const shown = entries.map(({ position: _p, revision: _r, ...entry }) => entry);
    all[recipient] = {
      recipients,
      entries: shown.toSorted((a, b) => compare(a.effectiveOn, b.effectiveOn) || compare(a.stream, b.stream)),
    };
  }
  return all;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const cut = (lines: readonly Line[], at: number): readonly (readonly Line[])[] => [
  lines.slice(0, at % lines.length),
  lines.slice(at % lines.length),
];

describe('a history', () => {
  it('that is imported again, whole or in part, changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(10_000), async (world, at) => {
        const register = await told(world.today, cut(world.lines, at));
        const before = await holdings(register);
        for (const again of [world.lines, ...cut(world.lines, at + 7)]) {
          const file = join(folder, 'again.ndjson');
          writeFileSync(file, again.map((line) => `${JSON.stringify(line)}\n`).join(''));
          expect(
            await importHistory(register, { file, source: 'world', dryRun: false, rejectFile: `${file}.rejects` }),
          ).toMatchObject({ imported: 0, skipped: again.length, rejected: 0 });
          await register.runner.drain();
        }
        expect(await holdings(register)).toEqual(before);
      }),
      SHORT,
    );
  }, 600_000);

  it('that is followed gives the rows that a rebuild gives, of the index as of the assessments', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.nat(10_000), async (world, at) => {
        const register = await told(world.today, cut(world.lines, at));
        const followed = await holdings(register);
        await rebuildIndex(register.index, { total: world.lines.length });
        await register.index.followActive();
        await rebuildAssessments(register.projection, register.index, new LocalJudge(register.log, register.index));
        await register.projection.followActive();
        expect([register.index.view.version.version, register.projection.version.version]).toEqual([
          indexVersion(2),
          assessmentsVersion(2),
        ]);
        expect(await holdings(register)).toEqual(followed);
      }),
      SHORT,
    );
  }, 600_000);

  const sameWhen = (kept: Kept, ofWorld: (world: World) => World) =>
    fc.asyncProperty(worlds.map(ofWorld), choices, fc.nat(10_000), async (world, chosen, at) => {
      const other = inAnotherOrder(world.lines, kept, chosen);
      const [one, two] = [await told(world.today, [world.lines]), await told(world.today, cut(other, at))];
      expect({ ...((await judgements(two)) as object), other }).toEqual({
        ...((await judgements(one)) as object),
        other,
      });
      expect({ timelines: await timelines(two, world), other }).toEqual({
        timelines: await timelines(one, world),
        other,
      });
    });

  it(
    'is judged the same in whatever order its streams became known',
    () =>
      fc.assert(
        sameWhen('STREAM', (world) => world),
        SHORT,
      ),
    600_000,
  );

  it(
    'without corrections is judged the same in whatever order facts of different days became known',
    () => fc.assert(sameWhen('STREAM_AND_DAY', withoutCorrections), SHORT),
    600_000,
  );
});
