import { onOneLine } from '../../kernel/safe-text.js';
import { stringify } from 'csv-stringify/sync';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import type { PublicCells } from './public-cells.js';
import type { SupervisionReport } from './report.js';

/** What stands where a number is kept back, as in official statistics. */
export const KEPT_BACK = '..';

/**
 * The report for a spreadsheet: a line per unit and one for the total (without a unit), each saying for which day and
 * by whose knowledge, and whether it is behind (LATE), incomplete (PARKED) or of before the register began
 * (BEFORE_REGISTER). With BOM and semicolons, as a Swedish Excel reads it; a name that looks like a formula stays a
 * text.
 * @param cells which numbers are shown; all where it is absent. A report with numbers kept back says so (SMALL_HIDDEN)
 */
export function reportCsv({ header, rows, total, warning }: SupervisionReport, cells?: PublicCells): string {
  const figures = FIGURES.map(({ name }) => name);
  const columns = ['on', 'knownAt', 'unit', 'unitName', 'provider', ...figures, 'marks'];
  const marks = [
    ...(header.late ? ['LATE'] : []),
    ...(header.waiting ? ['WAITING'] : []),
    ...(header.parked ? ['PARKED'] : []),
    ...(warning === undefined ? [] : ['BEFORE_REGISTER']),
    ...(cells === undefined ? [] : ['SMALL_HIDDEN']),
  ].join(' ');
  const lines = [...rows, { unit: '', unitName: 'Totalt', provider: '', ...total }].map((row) => {
    const hidden = figures.filter((name) => cells?.shows(name, row.unit === '' ? undefined : row.unit) === false);
    return {
      on: header.on,
      knownAt: header.knownAt,
      ...row,
      ...Object.fromEntries(hidden.map((name) => [name, KEPT_BACK])),
      unitName: onOneLine(row.unitName),
      marks,
    };
  });
  return stringify(lines, {
    bom: true,
    delimiter: ';',
    record_delimiter: '\r\n',
    header: true,
    columns,
    escape_formulas: true,
  });
}
