import { describe, expect, it } from '@jest/globals';
import { assessEpisode } from '../../src/compliance-rules/index.js';
import { simulate } from '../../src/simulation/simulate.js';
import { differences } from './judge/compare.js';
import { knownAt } from './judge/knowledge.js';
import { episodesOf, toDossier, type World } from './judge/world.js';

/** Random worlds are hostile; these are what a municipality is like, with the policy that it has since 2025. */
const WORLDS = (process.env['JUDGE_SEEDS'] ?? 'a,b').split(',').map((seed) => ({ seed }));
const PERIOD = { recipients: 12, from: '2025-01-01', to: '2026-06-30' };
const KNOWN_THEN = '2025-09-01T00:00:00Z';

/** The local rules that the simulated policy turns on. */
const TURNED_ON = [
  'AGREED_WITH',
  'APPOINTED',
  'BOOKED',
  'CHANGE',
  'CONSENT',
  'NOTED',
  'PLAN_RENEWED',
  'RISK',
  'STARTED_IN_TIME',
  'UNNECESSARY',
];

function world(seed: string): World {
  const lines = [...simulate({ ...PERIOD, seed })];
  return { today: PERIOD.to, lines, recordedAt: lines.map(({ documentedAt }) => documentedAt) };
}

describe('the compliance rules on a simulated municipality', () => {
  const judged = new Set<string>();

  it.each(WORLDS)('say of every day what the second judge says: seed $seed', ({ seed }) => {
    const whole = world(seed);
    for (const known of [undefined, KNOWN_THEN]) {
      const then = knownAt(whole, known);
      for (const episode of episodesOf(then)) {
        const dossier = toDossier(then, episode, known === undefined);
        const assessment = assessEpisode(dossier);
        expect([episode, differences(dossier, assessment, [])]).toEqual([episode, []]);
        for (const { rule } of assessment?.segments ?? []) judged.add(rule);
      }
    }
  });

  it('judge there by every local rule that its policy turns on', () => {
    expect(TURNED_ON.filter((rule) => !judged.has(rule))).toEqual([]);
  });
});
