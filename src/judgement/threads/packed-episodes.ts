import type { JudgedEpisode } from '../assessments/episode-judge.js';
import { JsonText, type Row } from '../../kernel/view-store/view-store.js';

/**
 * Judged episodes on their way between threads. A message costs by the object it holds, in both threads: so the
 * assessments go as the text that is stored, the stretches of all episodes as one array of numbers, and each recipient,
 * unit and set of figures by its name once.
 */
export interface PackedEpisodes {
  readonly episodes: readonly {
    readonly episode: string;
    readonly error?: string;
    readonly assessment?: string;
    readonly stretches: number;
  }[];
  readonly names: readonly string[];
  /** Of each stretch in turn: the places of its recipient, unit and figures among the names, then its other fields. */
  readonly stretches: Float64Array;
}

const NUMBERS = ['from', 'to', 'learnt', 'revised'] as const;
const WIDTH = 3 + NUMBERS.length;

export function pack(judged: readonly JudgedEpisode[]): PackedEpisodes {
  const places = new Map<string, number>();
  const placeOf = (name: unknown): number => {
    const known = places.get(String(name)) ?? places.size;
    if (known === places.size) places.set(String(name), known);
    return known;
  };
  const numbers: number[] = [];
  const episodes = judged.map((one) => {
    if ('error' in one) return { ...one, stretches: 0 };
    const { episode, stretches } = one.rows;
    for (const row of stretches)
      numbers.push(
        placeOf(row['recipient']),
        placeOf(row['unit']),
        placeOf(row['figures']),
        ...NUMBERS.map((field) => Number(row[field])),
      );
    return {
      episode: one.episode,
      ...(episode && { assessment: JSON.stringify(episode['assessment']) }),
      stretches: stretches.length,
    };
  });
  return { episodes, names: [...places.keys()], stretches: Float64Array.from(numbers) };
}

export function unpack({ episodes, names, stretches }: PackedEpisodes): JudgedEpisode[] {
  let at = 0;
  const stretchOf = (episode: string, n: number): Row => {
    const row: Record<string, unknown> = {
      episode,
      n,
      recipient: names[stretches[at]!],
      unit: names[stretches[at + 1]!],
      figures: names[stretches[at + 2]!],
    };
    NUMBERS.forEach((field, index) => (row[field] = stretches[at + 3 + index]));
    at += WIDTH;
    return row;
  };
  return episodes.map(({ episode, error, assessment, stretches: count }) => {
    if (error !== undefined) return { episode, error };
    const rows = Array.from({ length: count }, (_, n) => stretchOf(episode, n));
    return {
      episode,
      rows: {
        episode: assessment === undefined ? undefined : { episode, assessment: new JsonText(assessment) },
        stretches: rows,
      },
    };
  });
}
