import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type PdfStandard, printerMustHaveRoom, printPdf, printWorkbook } from '../../documents/print-pdf.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { namesIn } from '../text/names.js';
import { compareReports } from './compare.js';
import { reportOf } from './get-report.js';
import { reportDocument, type ReportSource } from './report-document.js';
import type { ReportScope } from './report-scope.js';
import { reportSheets } from './report-sheets.js';

/** What kind of file is made of a report: a PDF to read, a PDF for the archive, a workbook. */
export type ReportFileKind = PdfStandard | 'xlsx';

/** A report as a file, by the day that it is about. */
export interface ReportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The supervisory report as a document. */
export class PrintReport extends Query<ReportFile> {
  /**
   * @param on `YYYY-MM-DD`
   * @param since RFC 3339: what changed since that knowledge stands in it too
   */
  constructor(
    readonly kind: ReportFileKind,
    readonly scope: ReportScope,
    readonly on: string,
    readonly knownAt?: string,
    readonly since?: string,
  ) {
    super();
  }
}

@QueryHandler(PrintReport)
export class PrintReportHandler implements IQueryHandler<PrintReport> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /**
   * @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER, KNOWN_AT_AHEAD, DOCUMENT_TOO_LARGE,
   * DOCUMENTS_BUSY, DOCUMENT_NOT_MADE
   */
  async execute({ kind, scope, on, knownAt, since }: PrintReport): Promise<ReportFile> {
    printerMustHaveRoom();
    const report = await reportOf(this.reads, scope, on, await this.reads.figures.known(knownAt));
    const { controller, knownAt: knownTo, position } = report.header;
    const names = await namesIn(this.reads, [], BigInt(position), [`controller-${controller}`]);
    const source: ReportSource = {
      report,
      controller: names.of(controller),
      ...(since === undefined
        ? {}
        : { changes: await compareReports(this.reads, scope, on, since, knownTo, () => false) }),
    };
    if (kind === 'xlsx')
      return { name: `tillsynsrapport-${on}.xlsx`, bytes: await printWorkbook(reportSheets(source)) };
    return { name: `tillsynsrapport-${on}.pdf`, bytes: await printPdf(reportDocument(source, kind)) };
  }
}
