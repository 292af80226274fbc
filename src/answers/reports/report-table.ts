import Table from 'cli-table3';
import { onOneLine } from '../../kernel/safe-text.js';
import { markLines } from '../labels.js';
import { type FigureName, FIGURES } from '../../judgement/figures/figure-names.js';
import type { ReportRow, SupervisionReport } from './report.js';

const OFFERS: readonly FigureName[] = [
  'population',
  'accepted',
  'declined',
  'unanswered',
  'unnecessary',
  'offerDue',
  'offerBreach',
  'offered',
  'unnecessaryReassess',
  'declinedWithoutReason',
];
const CONTACTS: readonly FigureName[] = [
  'accepted',
  'withPrimary',
  'withoutPrimary',
  'planMet',
  'planDue',
  'planBreach',
  'titleCertificate',
  'titleTransition',
  'titleBreach',
  'followUpMet',
  'followUpBreach',
];

/**
 * The report for a terminal: two tables of counts, as wide as a page. Without percentages: those need a denominator
 * that is named.
 */
export function reportTable(report: SupervisionReport): string {
  const { header, warning } = report;
  return [
    `Tillsynsrapport ${header.on}${header.unit === undefined ? '' : `, en enhet`}`,
    `Känt ${header.knownAt} · ${header.facts} uppgifter · registret sedan ${header.registerSince ?? '–'} · policy ${header.policyVersion ?? 'standard'}`,
    ...(warning === undefined ? [] : [`OBS: ${warning}`]),
    ...markLines(header),
    '',
    'Erbjudande (antal insatser)',
    table(report, OFFERS),
    '',
    'Kontakt, plan, behörighet och uppföljning (antal insatser)',
    table(report, CONTACTS),
  ].join('\n');
}

const NAME_WIDTH = 26;
const FIGURE_WIDTH = 10;

function table({ rows, total }: SupervisionReport, names: readonly FigureName[]): string {
  const figures = FIGURES.filter(({ name }) => names.includes(name));
  const lines = new Table({
    head: ['Enhet', ...figures.map(({ short }) => short)],
    colWidths: [NAME_WIDTH, ...figures.map(() => FIGURE_WIDTH)],
    colAligns: ['left', ...figures.map(() => 'right' as const)],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  const numbers = (counted: Pick<ReportRow, FigureName>) => figures.map(({ name }) => String(counted[name]));
  for (const row of rows) lines.push([onOneLine(row.unitName), ...numbers(row)]);
  lines.push(['Totalt', ...numbers(total)]);
  return lines.toString();
}
