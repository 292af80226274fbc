import { createHash } from 'node:crypto';
import { printPdf } from '../../src/documents/print-pdf.js';
import { reportDocument } from '../../src/answers/reports/report-document.js';
import { madeUpReport } from './made-up-report.js';

// Prints the digests of a report for reading and for the archive: the same wherever and whenever it is run.
const made = [];
for (const standard of ['ua-1', 'a-3a'] as const)
  made.push(
    createHash('sha256')
      .update(await printPdf(reportDocument(madeUpReport(3), standard)))
      .digest('hex'),
  );
process.stdout.write(`${made.join(' ')}\n`);
