import type { Sheet } from '../../documents/printing-thread.js';
import { basisOfFigure, definitionOfFigure } from '../../judgement/figures/figure-definitions.js';
import { FIGURES, type FigureTotals } from '../../judgement/figures/figure-names.js';
import { BASIS_WORDS, changesOf, factsOf, FIGURE_BLOCKS, type ReportSource } from './report-document.js';
import { markLines } from '../labels.js';

/** In characters: of a name, of a number, of a sentence. */
const [NAME, NUMBER, SENTENCE] = [44, 16, 110];

/** The report for a spreadsheet, headed in Swedish: how it was made, a sheet for each block, what changed, what figures count. */
export function reportSheets({ report, controller, changes }: ReportSource): Sheet[] {
  const { header, rows, total, warning } = report;
  const counted: readonly (FigureTotals & { readonly unit: string; readonly unitName: string })[] = [
    ...rows,
    { unit: '', unitName: 'Totalt', ...total },
  ];
  const about = [
    ...factsOf(report, controller),
    ...markLines({ ...header, warning }).map((mark) => ['Att tänka på', mark]),
  ];
  const changed = changes === undefined ? undefined : changesOf(changes);
  return [
    { name: 'Om rapporten', widths: [NAME, SENTENCE], rows: [['Tillsynsrapport', ''], ...about] },
    ...FIGURE_BLOCKS.map(({ title, basis, figures }) => ({
      name: `${title} (${basis === 'LAW' ? 'lag' : 'rutin'})`,
      widths: [NAME, NAME, ...figures.map(() => NUMBER)],
      rows: [
        ['Enhet', 'Enhetens id', ...figures.map(({ label }) => label)],
        ...counted.map((row) => [row.unitName, row.unit, ...figures.map(({ name }) => row[name])]),
      ],
    })),
    ...(changed === undefined
      ? []
      : [
          {
            name: 'Ändrat sedan dess',
            widths: [SENTENCE / 2, ...changed.columns.slice(1).map(() => NUMBER)],
            rows: [changed.columns.map(({ title }) => title), ...changed.rows],
          },
        ]),
    {
      name: 'Vad måtten räknar',
      widths: [NAME, NUMBER, SENTENCE],
      rows: [
        ['Mått', 'Grund', 'Räknar'],
        ...FIGURES.map(({ name, label }) => [label, BASIS_WORDS[basisOfFigure(name)], definitionOfFigure(name)]),
      ],
    },
  ];
}
