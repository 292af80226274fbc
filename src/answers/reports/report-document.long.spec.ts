import { expect, it } from '@jest/globals';
import { printPdf } from '../../documents/print-pdf.js';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import { madeUpReport } from '../../../test/support/made-up-report.js';
import { readPdf } from '../../../test/support/read-pdf.js';
import { FIGURE_BLOCKS, reportDocument } from './report-document.js';

it('loses no row of 600 units over all its pages', async () => {
  const source = madeUpReport(600, (at) => `Enhet${at}Å`);
  const { text, pages } = readPdf(await printPdf(reportDocument(source, 'ua-1')));
  expect(pages).toBeGreaterThan(50);
  const times = new Map<string, number>();
  for (const word of text.split(/\s+/)) times.set(word, (times.get(word) ?? 0) + 1);
  for (const { unitName, ...row } of source.report.rows) {
    expect(times.get(unitName)).toBeGreaterThanOrEqual(FIGURE_BLOCKS.length);
    for (const { name } of FIGURES) expect(times.has(String(row[name]))).toBe(true);
  }
});
