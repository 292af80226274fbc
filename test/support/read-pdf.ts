import { execFileSync } from 'node:child_process';

/** What of a PDF a test looks at. */
export interface ReadPdf {
  readonly title: string;
  readonly language: string;
  readonly pages: number;
  /** All text in the order in which it is read, with what lies at head and foot of each page. */
  readonly text: string;
  /** The text as {@link squeezed} gives it: for what may stand on several lines. */
  readonly squeezed: string;
}

/** Reads a PDF with another program than that which made it, in a process of its own: it misreads under Jest. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const told = execFileSync(process.execPath, ['test/support/pdf-text.mjs'], {
    input: bytes,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const read = JSON.parse(told) as Omit<ReadPdf, 'squeezed'>;
  return { ...read, squeezed: squeezed(read.text) };
}

/** A text without line ends, blanks and places where a word may be broken. */
export function squeezed(text: string): string {
  return text.normalize('NFC').replace(/[\s\u200b\u00ad]/gu, '');
}
