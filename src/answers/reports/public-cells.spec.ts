import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  figureSet,
  FIGURES,
  type FigureName,
  type FigureTotals,
  totalsOf,
} from '../../judgement/figures/figure-names.js';
import { publicCells, SUMS } from './public-cells.js';

const NOBODY = totalsOf([]);
const row = (unit: string, counts: Partial<FigureTotals>) => ({ ...NOBODY, ...counts, unit });

/** Units as they are counted: each episode in one of the answers, those who said yes with or without a contact. */
const ANSWERS: readonly (readonly FigureName[])[] = [
  ['population', 'accepted', 'offered', 'withPrimary'],
  ['population', 'accepted', 'offered', 'withoutPrimary'],
  ['population', 'declined', 'offered'],
  ['population', 'unanswered', 'offered'],
  ['population', 'unnecessary'],
  ['population', 'offerDue'],
  ['population', 'offerBreach'],
];
const units = fc
  .array(fc.array(fc.nat({ max: 12 }), { minLength: ANSWERS.length, maxLength: ANSWERS.length }), { maxLength: 6 })
  .map((all) =>
    all.map((counts, at) => ({
      ...totalsOf(counts.map((count, answer) => ({ figures: figureSet(ANSWERS[answer]!), count }))),
      unit: `u${at}`,
    })),
  );
const sumOf = (rows: readonly FigureTotals[]): FigureTotals =>
  Object.fromEntries(
    FIGURES.map(({ name }) => [name, rows.reduce((sum, each) => sum + each[name], 0)]),
  ) as FigureTotals;

describe('the numbers of a report that others may see', () => {
  it('are all of them where none is small', () => {
    const rows = [row('a', { population: 20, offered: 20, accepted: 20, withPrimary: 20 })];
    const cells = publicCells(rows, sumOf(rows), 5);
    expect(FIGURES.every(({ name }) => cells.shows(name) && cells.shows(name, 'a'))).toBe(true);
  });

  it('are neither a small number nor what it could be reckoned from', () => {
    const rows = [
      row('a', { titleBreach: 3 }),
      row('b', { titleBreach: 8 }),
      row('c', { titleBreach: 20 }),
      row('d', {}),
    ];
    const cells = publicCells(rows, sumOf(rows), 5);
    expect(['a', 'b', 'c', 'd', undefined].map((unit) => cells.shows('titleBreach', unit))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('keep back the sum too where nothing else is left', () => {
    const cells = publicCells([row('b', { titleBreach: 1 })], { ...NOBODY, titleBreach: 1 }, 5);
    expect([cells.shows('titleBreach', 'b'), cells.shows('titleBreach')]).toEqual([false, false]);
  });

  it('never leave one number of a sum out, nor numbers that come to less than the smallest one', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: 1, max: 8 }), (rows, smallest) => {
        const total = sumOf(rows);
        const cells = publicCells(rows, total, smallest);
        const judge = (
          whole: { readonly shown: boolean },
          parts: readonly { readonly shown: boolean; readonly count: number }[],
        ): void => {
          const hidden = parts.filter(({ shown }) => !shown);
          if (!whole.shown) expect(hidden.length > 0 || parts.every(({ count }) => count === 0)).toBe(true);
          else if (hidden.length > 0) {
            expect(hidden.length).toBeGreaterThan(1);
            expect(hidden.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(smallest);
          }
        };
        for (const { name } of FIGURES)
          judge(
            { shown: cells.shows(name) },
            rows.map((each) => ({ shown: cells.shows(name, each.unit), count: each[name] })),
          );
        for (const each of [{ ...total, unit: undefined }, ...rows])
          for (const [whole, parts] of SUMS) {
            expect(parts.reduce((sum, part) => sum + each[part], 0)).toBe(each[whole]);
            judge(
              { shown: cells.shows(whole, each.unit) },
              parts.map((part) => ({ shown: cells.shows(part, each.unit), count: each[part] })),
            );
          }
        for (const each of rows)
          for (const { name } of FIGURES)
            if (each[name] > 0 && each[name] < smallest) expect(cells.shows(name, each.unit)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
