import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../kernel/http/problem.js';
import { type DocumentHead, headWords } from './document-head.js';
import { documentProblems } from './document-problems.js';
import { withoutOrders } from '../kernel/safe-text.js';
import { printableData } from './printable-text.js';
import { type PdfOrder, type PrintOrder, PrintingThread, type Sheet } from './printing-thread.js';

/** PDF/UA-1 is for people who read; PDF/A-3a is for the archive. No file can be both (ISO 14289-1, ISO 19005-3). */
export type PdfStandard = 'ua-1' | 'a-3a';

export interface PrintRequest {
  /** The name of a file in `templates/`, without its ending. */
  readonly template: string;
  readonly head: DocumentHead;
  /** What the template is filled with: lists, objects, texts, numbers. Texts are printed as they are, never as markup. */
  readonly content: object;
  readonly standard: PdfStandard;
  /** The instant in the file's own data, RFC 3339: that of the answer it is made from, so that it can be made again. */
  readonly createdAt: string;
  /** A file within the file, of PDF/A-3a: the answer that the document was made from. */
  readonly embed?: { readonly name: string; readonly json: string };
}

export interface PrinterLimits {
  /** So many documents wait while one is made. */
  readonly waiting: number;
  /** So long one may take. */
  readonly milliseconds: number;
  /** So many characters of data it may be made from. */
  readonly characters: number;
}

const LIMITS: PrinterLimits = { waiting: 16, milliseconds: 60_000, characters: 24 * 1024 * 1024 };
/** A thread with nothing to do gives its memory back after so long. */
const IDLE_MILLISECONDS = 60_000;

/** Makes PDFs from templates, and workbooks, one at a time, in a thread of its own. */
export class DocumentPrinter {
  private thread: PrintingThread | undefined;
  /** A thread whose document took too long: it cannot be stopped in the middle, and no other is started beside it. */
  private abandoned: PrintingThread | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private asked = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: PrinterLimits = LIMITS,
    private readonly start: () => PrintingThread = () => new PrintingThread(),
  ) {}

  /**
   * A document as PDF: the same bytes for the same request, whenever and wherever.
   * @throws Problem DOCUMENT_TOO_LARGE, DOCUMENTS_BUSY, DOCUMENT_NOT_MADE
   */
  async print({ template, head, content, standard, createdAt, embed }: PrintRequest): Promise<Uint8Array> {
    this.mustHaveRoom();
    const data = JSON.stringify(printableData({ head: headWords(head), ...content }));
    this.mustFit(data.length + (embed?.json.length ?? 0));
    const order: PdfOrder = {
      template,
      inputs: embed === undefined ? { data } : { data, embedName: embed.name, embed: embed.json },
      standard,
      createdAt: Math.floor(Date.parse(createdAt) / 1000),
    };
    return this.inTurn(() => this.made(order));
  }

  /**
   * Sheets as an XLSX workbook. Texts are texts, whatever they begin with.
   * @throws Problem DOCUMENT_TOO_LARGE, DOCUMENTS_BUSY, DOCUMENT_NOT_MADE
   */
  async workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
    this.mustHaveRoom();
    const safe = sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) => row.map((value) => (typeof value === 'string' ? withoutOrders(value) : value))),
    }));
    this.mustFit(JSON.stringify(safe).length);
    return this.inTurn(() => this.made({ sheets: safe }));
  }

  /** Asked before what is to be printed is worked out. @throws Problem DOCUMENTS_BUSY */
  mustHaveRoom(): void {
    if (this.asked > this.limits.waiting || this.abandoned) throw busy();
  }

  private mustFit(characters: number): void {
    if (characters > this.limits.characters) throw new Problem(documentProblems.DOCUMENT_TOO_LARGE);
  }

  private async inTurn(make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    clearTimeout(this.idle);
    this.asked += 1;
    const turn = this.last.then(make);
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.asked -= 1;
      if (this.asked === 0) this.idle = setTimeout(() => this.rest(), IDLE_MILLISECONDS).unref();
    }
  }

  private async made(order: PrintOrder): Promise<Uint8Array> {
    if (this.abandoned) throw busy();
    const thread = this.ready();
    const over = new AbortController();
    try {
      const made = await Promise.race([
        thread.print(order),
        sleep(this.limits.milliseconds, undefined, { signal: over.signal }),
      ]);
      if (made !== undefined) return made;
    } catch (error) {
      throw Object.assign(new Problem(documentProblems.DOCUMENT_NOT_MADE), { cause: error });
    } finally {
      over.abort();
    }
    this.abandon(thread);
    throw new Problem(documentProblems.DOCUMENT_TOO_LARGE);
  }

  private ready(): PrintingThread {
    if (this.thread) return this.thread;
    const thread = this.start();
    this.thread = thread;
    void thread.ended.then(() => {
      if (this.thread === thread) this.thread = undefined;
    });
    return thread;
  }

  private abandon(thread: PrintingThread): void {
    this.thread = undefined;
    this.abandoned = thread;
    thread.end();
    void thread.ended.then(() => (this.abandoned = undefined));
  }

  private rest(): void {
    this.thread?.end();
    this.thread = undefined;
  }
}

function busy(): Problem {
  return new Problem(documentProblems.DOCUMENTS_BUSY, { headers: { 'retry-after': '10' } });
}

const PRINTER = new DocumentPrinter();

/**
 * A document as PDF, made by this process's printer: the same bytes for the same request, whenever and wherever.
 * @throws Problem DOCUMENT_TOO_LARGE, DOCUMENTS_BUSY, DOCUMENT_NOT_MADE
 */
export function printPdf(request: PrintRequest): Promise<Uint8Array> {
  return PRINTER.print(request);
}

/** Asked before what is to be printed is worked out. @throws Problem DOCUMENTS_BUSY */
export function printerMustHaveRoom(): void {
  PRINTER.mustHaveRoom();
}

/**
 * Sheets as an XLSX workbook, made by this process's printer. Texts are texts, whatever they begin with.
 * @throws Problem DOCUMENT_TOO_LARGE, DOCUMENTS_BUSY, DOCUMENT_NOT_MADE
 */
export function printWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return PRINTER.workbook(sheets);
}
