import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importHistory } from '../../src/import/import-history.js';
import { MemoryEventStore } from '../../src/kernel/event-store/memory/memory-event-store.js';
import { memoryKeyStore } from '../../src/kernel/privacy/memory-key-store.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { dayOf, type Day } from '../../src/kernel/time/day.js';
import { MemoryViewStore } from '../../src/kernel/view-store/memory/memory-view-store.js';
import { assembleRegister, type Register } from '../../src/app/register.js';
import { figuresIn } from '../../src/judgement/figures/figure-names.js';
import { appointsBeforeTheDuty } from './judge/compare.js';
import { hostileWorld } from './judge/hostile-history.arbitrary.js';
import { Judge } from './judge/judge.js';
import { instantsOf, knownAt } from './judge/knowledge.js';
import { comparedFigures, isCompared } from './judge/not-yet-compared.js';
import { episodesOf, toDossier, type World } from './judge/world.js';

const WORLDS = Number(process.env['VIEW_WORLDS'] ?? 10);
const SEED = Number(process.env['VIEW_SEED'] ?? 20250701);

/** What the views hold, in an order of its own. */
async function rowsOf(register: Register): Promise<unknown> {
  const { version } = register.projection;
  const by = (field: string) => (one: Record<string, unknown>, other: Record<string, unknown>) =>
    String(one[field]).localeCompare(String(other[field]));
  const episodes = await version.find('episodes', {});
  const stretches = (await version.find('stretches', {}))
    .map((row) => ({ ...row, n: 0 }))
    .map((row) => ({ ...row, key: JSON.stringify(row) }));
  return {
    episodes: episodes.toSorted(by('episode')),
    stretches: stretches.toSorted(by('key')),
    parked: await version.find('parked', {}),
    waiting: await register.projection.waiting(),
  };
}

/** Imports the world in pieces, the clock going on between them, and lets the views follow after each piece. */
async function live(
  world: World,
  pieces: readonly number[],
  folder: string,
): Promise<{ register: Register; world: World; again: () => Promise<Register> }> {
  const store = new MemoryEventStore();
  const keys = await memoryKeyStore();
  const clock = new FixedClock(`${world.today}T06:00:00.000Z`);
  const assemble = (): Promise<Register> => assembleRegister({ store, keys, views: new MemoryViewStore() }, { clock });
  const register = await assemble();
  const file = join(folder, 'world.ndjson');
  const recordedAt: string[] = [];
  for (let at = 0, piece = 0; at < world.lines.length; piece += 1) {
    const lines = world.lines.slice(at, at + (pieces[piece % pieces.length] ?? 1));
    at += lines.length;
    clock.set(new Date(Date.parse(clock.now()) + 60_000).toISOString());
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const result = await importHistory(register, {
      file,
      source: 'world',
      dryRun: false,
      rejectFile: `${file}.rejects`,
    });
    expect({ result, lines }).toMatchObject({ result: { rejected: 0, imported: lines.length } });
    for (const _ of lines) recordedAt.push(clock.now());
    await register.runner.drain();
  }
  clock.set(new Date(Date.parse(clock.now()) + 60_000).toISOString());
  return { register, world: { ...world, recordedAt }, again: assemble };
}

function judgedCounts(world: World, day: Day, known: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const episode of episodesOf(world)) {
    const judgement = new Judge(toDossier(knownAt(world, known), episode, true)).on(day);
    for (const figure of comparedFigures(judgement.figures))
      counts[`${judgement.unit} ${figure}`] = (counts[`${judgement.unit} ${figure}`] ?? 0) + 1;
  }
  return counts;
}

async function countedFigures(
  register: Register,
  world: World,
  day: Day,
  knownAt: string,
): Promise<Record<string, number>> {
  const units = [
    ...new Set(
      world.lines.filter((line) => line.type === 'UnitOpened').map((line) => line.stream.slice('unit-'.length)),
    ),
  ];
  const counts: Record<string, number> = {};
  for (const { unit, figures, count } of (await register.figures.on(units, day, await register.figures.known(knownAt)))
    .counts) {
    for (const name of figuresIn(figures))
      if (comparedFigures([name]).length > 0) counts[`${unit} ${name}`] = (counts[`${unit} ${name}`] ?? 0) + count;
  }
  return counts;
}

describe('views', () => {
  it('that followed the log piece by piece equal views built anew, and every figure on any day as known at any time equals a judgement of the log cut there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fok-views-'));
    // Piece by piece of one line, each line has a knowledge time of its own.
    const pieces = fc.oneof(
      fc.constant([1]),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
    );
    const questions = fc.array(
      fc.tuple(fc.nat(1000), fc.integer({ min: dayOf('2022-06-01'), max: dayOf('2034-01-01') }), fc.nat(1000)),
      { minLength: 16, maxLength: 16 },
    );
    const property = fc.asyncProperty(hostileWorld(), pieces, questions, async (made, sizes, asked) => {
      const { register, world, again } = await live(made, sizes, folder);
      const rebuilt = await again();
      await rebuilt.runner.drain();
      expect(await rowsOf(rebuilt)).toEqual(await rowsOf(register));
      if (
        !isCompared('CONTACT_PERSON') &&
        episodesOf(world).some((episode) => appointsBeforeTheDuty(toDossier(world, episode, true)))
      )
        return;
      for (const [time, anyDay, line] of asked) {
        const at = time % world.recordedAt.length;
        // As the clock says it, or to the microsecond, as answers do: then it is one line after the other.
        const known = (time % 2 === 0 ? world.recordedAt[at] : instantsOf(world)[at]) ?? '';
        const near = dayOf(world.lines[line % world.lines.length]?.effectiveOn ?? '2024-01-01') + (line % 5) - 2;
        for (const day of [anyDay, near])
          expect({ day, known, counts: await countedFigures(register, world, day, known) }).toEqual({
            day,
            known,
            counts: judgedCounts(world, day, known),
          });
      }
    });
    try {
      await fc.assert(property, { seed: SEED, numRuns: WORLDS, interruptAfterTimeLimit: 60_000 + WORLDS * 2_000 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 600_000);
});
