import { markLines } from '../labels.js';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import { countTables } from './count-table.js';
import type { SeriesAnswer } from './get-series.js';

type Point = SeriesAnswer['points'][number];

/** What only a series with details tells. */
const DETAILS: readonly (readonly [head: string, of: (point: Point) => string])[] = [
  ['Start till erbjudande', ({ leadTimes }) => days(leadTimes?.startToOffer)],
  ['Erbjudande till svar', ({ leadTimes }) => days(leadTimes?.offerToAnswer)],
  ['Svar till kontakt', ({ leadTimes }) => days(leadTimes?.answerToContact)],
  ['Kontakt till plan', ({ leadTimes }) => days(leadTimes?.contactToPlan)],
  ['Sent reg.', ({ registered }) => (registered ? `${registered.late}/${registered.entries}` : '')],
];

/**
 * A series for a terminal: a line per day, with the figures that tell how it goes.
 * @param width of the terminal, in characters
 */
export function seriesTable({ points, knownAt, ...marks }: SeriesAnswer, width: number): string {
  const figures = FIGURES.filter(({ inSeries }) => inSeries);
  const details = points.some(({ leadTimes }) => leadTimes !== undefined);
  const table = countTables(
    { head: 'Dag', width: 12, cells: points.map(({ on }) => on) },
    [
      ...figures.map(({ short, name }) => ({ head: short, cells: points.map(({ total }) => String(total[name])) })),
      ...(details ? DETAILS.map(([head, of]) => ({ head, cells: points.map(of) })) : []),
    ],
    width,
  );
  const title = `Tillsynsrapportens summor över tid, enligt vad som var känt ${knownAt} (antal omsorgsperioder${details ? '; ledtider i dagar, median' : ''})`;
  return [title, ...markLines(marks), table].join('\n');
}

function days(number: number | null | undefined): string {
  return String(number ?? '–');
}
