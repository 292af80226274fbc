import { type FigureName, FIGURES, type FigureTotals } from '../../judgement/figures/figure-names.js';

/** The numbers of a report that may leave the controller: a unit's, or those of all units where `unit` is undefined. */
export interface PublicCells {
  shows(figure: FigureName, unit?: string): boolean;
}

/** Figures that are the sum of others of the same unit: who knows all but one of them knows that one too. */
export const SUMS: readonly (readonly [whole: FigureName, parts: readonly FigureName[]])[] = [
  ['population', ['offered', 'unnecessary', 'offerDue', 'offerBreach']],
  ['population', ['accepted', 'declined', 'unanswered', 'unnecessary', 'offerDue', 'offerBreach']],
  ['offered', ['accepted', 'declined', 'unanswered']],
  ['accepted', ['withPrimary', 'withoutPrimary']],
];

const ALL = '';

interface Cell {
  readonly key: string;
  readonly count: number;
}

/**
 * Which numbers of a report others may see. A number of persons under the smallest one is kept back, and so is what
 * it could be reckoned from: in each sum, of units or of figures, either nothing is kept back, or so much that what is
 * missing comes to at least the smallest number and is more than one. Nought is shown: it is nobody.
 * @param smallest the least number of persons that is shown, from 1
 */
export function publicCells(
  rows: readonly (FigureTotals & { readonly unit: string })[],
  total: FigureTotals,
  smallest: number,
): PublicCells {
  const table = [{ ...total, unit: ALL }, ...rows];
  const counts = new Map<string, number>();
  for (const row of table) for (const { name } of FIGURES) counts.set(keyOf(name, row.unit), row[name]);
  const kept = new Set([...counts].filter(([, count]) => count > 0 && count < smallest).map(([key]) => key));
  const cell = (figure: FigureName, unit: string): Cell => {
    const key = keyOf(figure, unit);
    return { key, count: counts.get(key) ?? 0 };
  };
  const sums = [
    ...FIGURES.map(({ name }) => [cell(name, ALL), rows.map(({ unit }) => cell(name, unit))] as const),
    ...table.flatMap(({ unit }) =>
      SUMS.map(([whole, parts]) => [cell(whole, unit), parts.map((part) => cell(part, unit))] as const),
    ),
  ];
  // Each round keeps back at least one number more, so there are no more rounds than numbers.
  while (sums.map(([whole, parts]) => keepBack(whole, parts, kept, smallest)).some(Boolean));
  return { shows: (figure, unit = ALL) => !kept.has(keyOf(figure, unit)) };
}

/** Keeps back more of a sum where what is kept back of it could be reckoned. @returns whether it did */
function keepBack(whole: Cell, parts: readonly Cell[], kept: Set<string>, smallest: number): boolean {
  const before = kept.size;
  for (;;) {
    const hidden = parts.filter(({ key }) => kept.has(key));
    const open = parts.filter(({ key, count }) => count > 0 && !kept.has(key));
    const missing = hidden.reduce((sum, { count }) => sum + count, 0);
    // The whole can be reckoned from its parts where all of them are shown.
    const first = hidden.length === 0 && kept.has(whole.key);
    const tooLittle = hidden.length > 0 && !kept.has(whole.key) && (hidden.length === 1 || missing < smallest);
    if (!first && !tooLittle) return kept.size > before;
    const [next] = open.sort((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1));
    if (next) kept.add(next.key);
    else if (tooLittle) kept.add(whole.key);
    else return kept.size > before;
  }
}

function keyOf(figure: FigureName, unit: string): string {
  return `${figure} ${unit}`;
}
