import { onOneLine } from '../../kernel/safe-text.js';
import { markLines } from '../labels.js';
import { FIGURES, type ReportTable } from '../../judgement/figures/figure-names.js';
import { countTables } from './count-table.js';
import type { SupervisionReport } from './report.js';

/** The tables, with the words over them. */
const TABLES: readonly (readonly [ReportTable, string])[] = [
  ['OFFERS', 'Erbjudande (antal omsorgsperioder)'],
  ['CONTACTS', 'Kontakt och yrkestitel (antal omsorgsperioder)'],
  ['PLANS', 'Plan och uppföljning (antal omsorgsperioder)'],
  ['ROUTINE', 'Enligt kommunens rutin (antal omsorgsperioder)'],
];

/**
 * The report for a terminal: tables of counts. Without percentages: those need a denominator that is named.
 * @param width of the terminal, in characters
 */
export function reportTable(report: SupervisionReport, width: number): string {
  const { header, warning } = report;
  return [
    `Tillsynsrapport ${header.on}${header.unit === undefined ? '' : `, en enhet`}`,
    `Enligt vad som var känt ${header.knownAt} · bygger på ${header.facts} händelser · registret i bruk sedan ${header.registerSince ?? '–'} · lokala riktlinjer: ${header.policyVersion ?? 'standardvärden'}`,
    ...(warning === undefined ? [] : [`OBS: ${warning}`]),
    ...markLines(header),
    ...TABLES.flatMap(([name, title]) => ['', title, table(report, name, width)]),
  ].join('\n');
}

const NAME_WIDTH = 26;

function table({ rows, total }: SupervisionReport, of: ReportTable, width: number): string {
  const figures = FIGURES.filter(({ tables }) => tables.includes(of));
  return countTables(
    { head: 'Enhet', width: NAME_WIDTH, cells: [...rows.map(({ unitName }) => onOneLine(unitName)), 'Totalt'] },
    figures.map(({ short, name }) => ({
      head: short,
      cells: [...rows, total].map((counted) => String(counted[name])),
    })),
    width,
  );
}
