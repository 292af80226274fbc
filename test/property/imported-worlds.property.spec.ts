import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importHistory } from '../../src/import/import-history.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { openRegister } from '../../src/app/register.js';
import { differences, type Difference } from './judge/compare.js';
import { hostileWorld } from './judge/hostile-history.arbitrary.js';
import { episodesOf, eventIdOf, toDossier, toNdjson, type World } from './judge/world.js';

/** From the file to the answer: what the register says of an imported hostile history is what the judge says of its lines. */
const WORLDS = Number(process.env['IMPORT_WORLDS'] ?? 25);
const SEED = Number(process.env['IMPORT_SEED'] ?? 20330701);

/** Imports the world, all lines of which must be accepted, and compares each episode's judgement with the judge's. */
async function firstDifference(world: World, folder: string): Promise<readonly Difference[]> {
  const register = await openRegister(
    { dataDir: folder, eventStore: 'memory', viewStore: 'memory' },
    { clock: new FixedClock(`${world.today}T10:00:00.000Z`) },
  );
  try {
    const file = join(folder, 'world.ndjson');
    await writeFile(file, toNdjson(world));
    const result = await importHistory(register, {
      file,
      source: 'world',
      dryRun: false,
      rejectFile: `${file}.rejects`,
    });
    expect({ rejected: result.rejectedByCode, imported: result.imported }).toEqual({
      rejected: {},
      imported: world.lines.length,
    });
    await register.runner.drain();
    const ids = new Map<string, string>();
    for (const stream of new Set(world.lines.map((line) => line.stream))) {
      const refs = world.lines.filter((line) => line.stream === stream).map((line) => line.ref);
      (await register.streams.read(stream)).forEach((event, index) => ids.set(event.id, eventIdOf(refs[index] ?? '')));
    }
    const known = await register.knowledge.at();
    const all = episodesOf(world);
    expect(await register.assessments.ofMany(all, known)).toEqual(await register.assessments.ofEpisodes(all, known));
    for (const episode of all) {
      const [stored] = (await register.assessments.ofEpisodes([episode], known)).assessments;
      const assessment = stored && {
        ...stored,
        segments: stored.segments.map((each) => ({ ...each, evidence: each.evidence.map((id) => ids.get(id) ?? id) })),
      };
      const found = differences(toDossier(world, episode, true), assessment, []);
      if (found.length > 0) return found;
    }
    return [];
  } finally {
    await register.close();
  }
}

describe('an imported hostile history', () => {
  it('is accepted line by line, and judged as the judge judges its lines', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fok-worlds-'));
    try {
      const property = fc.asyncProperty(hostileWorld(), async (world) => {
        expect({ found: await firstDifference(world, folder), world: world.lines }).toEqual({
          found: [],
          world: world.lines,
        });
      });
      await fc.assert(property, { seed: SEED, numRuns: WORLDS, interruptAfterTimeLimit: 30_000 + WORLDS * 1_000 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 600_000);
});
