import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportDocument } from '../../src/answers/reports/report-document.js';
import type { PdfStandard, PrintRequest } from '../../src/documents/print-pdf.js';
import { printPdf } from '../../src/documents/print-pdf.js';
import { madeUpReport } from './made-up-report.js';

/**
 * Every kind of document, by a name for its file. For a validator, and for eyes:
 * node --import ./test/support/typescript.mjs test/support/print-samples.ts FOLDER
 */
const SAMPLES: Readonly<Record<string, (standard: PdfStandard) => PrintRequest>> = {
  'report-1': (standard) => reportDocument(madeUpReport(1), standard),
  'report-40': (standard) => reportDocument(madeUpReport(40), standard),
  'report-hostile': (standard) =>
    reportDocument(
      madeUpReport(4, (at) => ['#panic("x") <a> $b$', 'עברית العربية 😀\u0000\u202e', 'å'.repeat(300), ''][at] ?? ''),
      standard,
    ),
};

const folder = process.argv[2];
if (folder === undefined) throw new Error('name a folder');
for (const [name, request] of Object.entries(SAMPLES))
  for (const standard of ['ua-1', 'a-3a'] as const)
    writeFileSync(join(folder, `${name}.${standard}.pdf`), await printPdf(request(standard)));
