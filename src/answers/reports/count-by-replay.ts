import { setImmediate as nextTurn } from 'node:timers/promises';
import { assessEpisode } from '../../compliance-rules/index.js';
import type { Day } from '../../kernel/time/day.js';
import { heldOn } from '../on-day.js';
import { DossierLoader } from '../../judgement/dossier-loader.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { FigureSet } from '../../judgement/figures/figure-names.js';
import { figureStretches } from '../../judgement/figures/figures.js';

/** So many episodes are judged before others have their turn. */
const AT_A_TIME = 20;

/**
 * Counts the figures of units on a day from the log alone, judging every episode anew: slow, and owing nothing to any
 * view.
 * For reports that are to be made with rule versions that are no longer used.
 * @param upTo the last position that counts
 * @param ruleVersions by which version of each rule to judge
 */
export async function countByReplay(
  { index, log }: Pick<ReadSide, 'index' | 'log'>,
  units: readonly string[],
  day: Day,
  upTo: bigint,
  ruleVersions: Readonly<Record<string, string>>,
): Promise<{ readonly unit: string; readonly figures: FigureSet; readonly count: number }[]> {
  const loader = new DossierLoader(log, index, upTo);
  const episodes = new Set<string>();
  for (const unit of units) for (const episode of await index.episodesOfUnit(unit)) episodes.add(episode);
  const counts = new Map<string, { unit: string; figures: FigureSet; count: number }>();
  let judged = 0;
  for (const episode of episodes) {
    if ((judged += 1) % AT_A_TIME === 0) await nextTurn();
    const assessment = assessEpisode(await loader.load(episode), { ruleVersions });
    const stretch = assessment && heldOn(figureStretches(assessment), day);
    if (!stretch || !units.includes(stretch.unit)) continue;
    const key = `${stretch.unit} ${stretch.figures}`;
    const counted = counts.get(key) ?? { unit: stretch.unit, figures: stretch.figures, count: 0 };
    counted.count += 1;
    counts.set(key, counted);
  }
  return [...counts.values()];
}
