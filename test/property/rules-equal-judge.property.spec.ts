import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assessEpisode, prepare } from '../../src/compliance-rules/index.js';
import { dayOf, type Day } from '../../src/kernel/time/day.js';
import { differences, type Difference } from './judge/compare.js';
import { hostileWorld } from './judge/hostile-history.arbitrary.js';
import { knownAt } from './judge/knowledge.js';
import { episodesOf, toDossier, toNdjson, type World } from './judge/world.js';

/**
 * The product's rules against the naive judge, on random hostile histories. The seed is fixed, so that a run can be
 * repeated; JUDGE_WORLDS and JUDGE_SEED make longer and other runs.
 */
const WORLDS = Number(process.env['JUDGE_WORLDS'] ?? 80);
const SEED = Number(process.env['JUDGE_SEED'] ?? 20260701);

/** "whenever it was documented", and the meeting of a plan "of any day" (contract §3). */
const SHOWN_LATER: readonly string[] = ['TITLE', 'AGREED_WITH'];

const TIME_LIMIT = 30_000 + WORLDS * 500;

const cut = fc.option(fc.nat(199), { nil: undefined });
const anyDay = fc.integer({ min: dayOf('2021-06-01'), max: dayOf('2035-12-31') });

/** What differs first in any episode of the world, with the history file that shows it. */
function firstDifferences(
  world: World,
  cuts: readonly (number | undefined)[],
  days: readonly Day[],
): { readonly differences: readonly Difference[]; readonly history?: string } {
  for (const episode of episodesOf(world)) {
    for (const at of cuts) {
      const known = at === undefined ? undefined : world.recordedAt[at % world.recordedAt.length];
      const sealed = at === undefined || at % 2 === 0;
      const upTo = BigInt(knownAt(world, known).lines.length);
      const assessment = assessEpisode(toDossier(world, episode, sealed), { upTo });
      const found = differences(toDossier(knownAt(world, known), episode, sealed), assessment, days);
      if (found.length > 0)
        return { differences: found, history: `${episode} known at ${known ?? 'the end'}\n${toNdjson(world)}` };
    }
  }
  return { differences: [] };
}

describe('the compliance rules', () => {
  it(
    'say of every day what the sentences of the contract say of it',
    () => {
      const property = fc.property(
        hostileWorld(),
        fc.tuple(fc.constant(undefined), cut),
        fc.array(anyDay, { minLength: 5, maxLength: 20 }),
        (world, cuts, days) => {
          const { differences: found, history } = firstDifferences(world, cuts, days);
          expect({ found, history }).toEqual({ found: [], history: undefined });
        },
      );
      fc.assert(property, { seed: SEED, numRuns: WORLDS, interruptAfterTimeLimit: TIME_LIMIT });
    },
    TIME_LIMIT + 30_000,
  );

  it(
    'rest on no day on what became true after it; only a title may be shown, and a meeting that a plan names be held, later',
    () => {
      const property = fc.property(hostileWorld(), (world) => {
        for (const episode of episodesOf(world)) {
          const dossier = toDossier(world, episode, true);
          const known = prepare(dossier).known();
          const facts = [
            known.episode,
            ...known.recipients.values(),
            ...Array.from(dossier.staff.keys(), known.staff),
          ].flatMap(({ list }) => list);
          const days = new Map(facts.map(({ id, day }) => [id, day]));
          const ahead = (assessEpisode(dossier)?.segments ?? []).filter(
            ({ rule, from, to = Infinity, evidence, evidenceFrom }) =>
              !SHOWN_LATER.includes(rule) &&
              evidence.some(
                (id) => (days.get(id) ?? -Infinity) >= to || (days.get(id) ?? -Infinity) > (evidenceFrom?.[id] ?? from),
              ),
          );
          expect({ ahead, history: ahead.length > 0 && toNdjson(world) }).toEqual({ ahead: [], history: false });
        }
      });
      fc.assert(property, { seed: SEED, numRuns: WORLDS, interruptAfterTimeLimit: TIME_LIMIT });
    },
    TIME_LIMIT + 30_000,
  );
});
