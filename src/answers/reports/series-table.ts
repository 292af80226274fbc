import Table from 'cli-table3';
import { markLines } from '../labels.js';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import type { SeriesAnswer } from './get-series.js';

/** A series for a terminal: a line per day, with the figures that tell how it goes. */
export function seriesTable({ points, knownAt, ...marks }: SeriesAnswer): string {
  const figures = FIGURES.filter(({ inSeries }) => inSeries);
  const details = points.some(({ leadTimes }) => leadTimes !== undefined);
  const more = details ? ['Start–erbj. (dgr)', 'Erbj.–svar', 'Svar–kontakt', 'Kontakt–plan', 'Sent reg.'] : [];
  const table = new Table({
    head: ['Dag', ...figures.map(({ short }) => short), ...more],
    colWidths: [12, ...figures.map(() => 10), ...more.map(() => 10)],
    colAligns: ['left', ...figures.map(() => 'right' as const), ...more.map(() => 'right' as const)],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { on, total, leadTimes, registered } of points) {
    const days = leadTimes
      ? [leadTimes.startToOffer, leadTimes.offerToAnswer, leadTimes.answerToContact, leadTimes.contactToPlan].map(
          (number) => String(number ?? '–'),
        )
      : [];
    table.push([
      on,
      ...figures.map(({ name }) => String(total[name])),
      ...days,
      ...(registered ? [`${registered.late}/${registered.entries}`] : []),
    ]);
  }
  const title = `Tillsynsrapportens summor över tid, enligt vad som var känt ${knownAt} (antal omsorgsperioder${details ? '; ledtider i dagar, median' : ''})`;
  return [title, ...markLines(marks), table.toString()].join('\n');
}
