import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractDocument } from '../../src/access-log/extract/extract-document.js';
import { fileDocument } from '../../src/answers/file/file-document.js';
import { reportDocument } from '../../src/answers/reports/report-document.js';
import { verificationDocument } from '../../src/answers/verification/verification-document.js';
import type { PdfStandard, PrintRequest } from '../../src/documents/print-pdf.js';
import { printPdf } from '../../src/documents/print-pdf.js';
import { madeUpExtract, madeUpFile, madeUpProtocol } from './made-up-papers.js';
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
  'file-2': (standard) => fileDocument(madeUpFile(2), standard),
  'file-600': (standard) => fileDocument(madeUpFile(600), standard),
  'file-hostile': (standard) => fileDocument(madeUpFile(4, '#panic("x") <a> $b$ עברית 😀\u0000'), standard),
  'verification-0': (standard) => verificationDocument(madeUpProtocol(0), standard),
  'verification-100': (standard) => verificationDocument(madeUpProtocol(100), standard),
  'access-extract-0': (standard) => extractDocument(madeUpExtract(0), standard),
  'access-extract-600': (standard) => extractDocument(madeUpExtract(600), standard),
};

const folder = process.argv[2];
if (folder === undefined) throw new Error('name a folder');
for (const [name, request] of Object.entries(SAMPLES))
  for (const standard of ['ua-1', 'a-3a'] as const)
    writeFileSync(join(folder, `${name}.${standard}.pdf`), await printPdf(request(standard)));
