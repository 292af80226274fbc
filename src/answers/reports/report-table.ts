import Table from 'cli-table3';
import { onOneLine } from '../../kernel/safe-text.js';
import { markLines } from '../labels.js';
import { type FigureName, FIGURES, type ReportTable } from '../../judgement/figures/figure-names.js';
import type { ReportRow, SupervisionReport } from './report.js';

/** The tables, with the words over them. */
const TABLES: readonly (readonly [ReportTable, string])[] = [
  ['OFFERS', 'Erbjudande (antal omsorgsperioder)'],
  ['CONTACTS', 'Kontakt och yrkestitel (antal omsorgsperioder)'],
  ['PLANS', 'Plan och uppföljning (antal omsorgsperioder)'],
  ['ROUTINE', 'Enligt kommunens rutin (antal omsorgsperioder)'],
];

/**
 * The report for a terminal: tables of counts, as wide as a page. Without percentages: those need a denominator
 * that is named.
 */
export function reportTable(report: SupervisionReport): string {
  const { header, warning } = report;
  return [
    `Tillsynsrapport ${header.on}${header.unit === undefined ? '' : `, en enhet`}`,
    `Enligt vad som var känt ${header.knownAt} · bygger på ${header.facts} händelser · registret i bruk sedan ${header.registerSince ?? '–'} · lokala riktlinjer: ${header.policyVersion ?? 'standardvärden'}`,
    ...(warning === undefined ? [] : [`OBS: ${warning}`]),
    ...markLines(header),
    ...TABLES.flatMap(([name, title]) => ['', title, table(report, name)]),
  ].join('\n');
}

const NAME_WIDTH = 26;
/** The digits of a count have room in it, and the words of most heads. */
const FIGURE_WIDTH = 10;

function table({ rows, total }: SupervisionReport, of: ReportTable): string {
  const figures = FIGURES.filter(({ tables }) => tables.includes(of));
  const lines = new Table({
    head: ['Enhet', ...figures.map(({ short }) => short)],
    colWidths: [NAME_WIDTH, ...figures.map(({ short }) => widthOf(short))],
    colAligns: ['left', ...figures.map(() => 'right' as const)],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  const numbers = (counted: Pick<ReportRow, FigureName>) => figures.map(({ name }) => String(counted[name]));
  for (const row of rows) lines.push([onOneLine(row.unitName), ...numbers(row)]);
  lines.push(['Totalt', ...numbers(total)]);
  return lines.toString();
}

/** No word of a head is cut. */
function widthOf(head: string): number {
  return Math.max(FIGURE_WIDTH, ...head.split(' ').map((word) => word.length + 2));
}
