import { isJudged } from './touched.js';
import { assessAt, prepare, type Dossier, type Entry, type EpisodeAssessment } from '../../compliance-rules/index.js';
import { FIGURE_RULES, type FigureStretch, figureStretches } from '../figures/figures.js';

/** A figure stretch and which parts of the log say so, both half-open: in days, and in log positions. */
export interface KnownStretch extends RecipientStretch {
  /** The position with which the register learnt it. */
  readonly learnt: bigint;
  /** The first position with which that is no longer so. */
  readonly revised?: bigint;
}

/** Whose episode it is goes with the stretch, so that who is behind a figure is a lookup too. */
export interface RecipientStretch extends FigureStretch {
  readonly recipient: string;
}

export interface DerivedEpisode {
  /** What is known now; undefined when the episode has no valid start. */
  readonly assessment: EpisodeAssessment | undefined;
  readonly stretches: readonly KnownStretch[];
}

/**
 * Everything the views keep of an episode, from its dossier alone. The same dossier gives the same rows, whether it is
 * judged after each entry, once after many, or in a rebuild: that is why live and rebuilt views are equal.
 */
export function deriveEpisode(dossier: Dossier): DerivedEpisode {
  const prepared = prepare(dossier);
  const stretches: KnownStretch[] = [];
  let open: KnownStretch[] = [];
  let before: EpisodeAssessment | undefined;
  for (const position of telling(dossier)) {
    const known = assessAt(prepared, { upTo: position, rules: FIGURE_RULES });
    if (known === before) continue;
    before = known;
    // Stretches of one knowledge never overlap, so that the first day names one.
    const now = new Map((known ? figureStretches(known) : []).map((stretch) => [stretch.from, stretch]));
    const kept: KnownStretch[] = [];
    for (const stretch of open) {
      const other = now.get(stretch.from);
      if (other && stretch.recipient === known?.recipient && isSame(stretch, other)) {
        kept.push(stretch);
        now.delete(stretch.from);
      } else stretches.push({ ...stretch, revised: position });
    }
    open = kept;
    for (const stretch of now.values()) open.push({ ...stretch, recipient: known!.recipient, learnt: position });
  }
  return { assessment: assessAt(prepared), stretches: [...stretches, ...open] };
}

function isSame(one: FigureStretch, other: FigureStretch): boolean {
  return one.to === other.to && one.figures === other.figures && one.unit === other.unit;
}

/** The positions with which the figures may have changed, from the episode's first entry on, in order. */
function telling(dossier: Dossier): bigint[] {
  const first = dossier.entries[0];
  if (!first) return [];
  const positions = new Set([first.position]);
  const add = (entries: readonly Entry[]): void => {
    for (const { type, position } of entries) if (position > first.position && isJudged(type)) positions.add(position);
  };
  add(dossier.entries);
  for (const streams of [dossier.recipients, dossier.staff, dossier.units, dossier.policies])
    for (const entries of streams.values()) add(entries);
  return [...positions].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
