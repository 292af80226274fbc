import { inflateSync } from 'node:zlib';
import type { PdfStandard, PrintRequest } from './print-pdf.js';

/** What stands before the bytes of a file within a file, as the printer writes it (ISO 32000-1, 7.11.4). */
const EMBEDDED =
  /\d+ 0 obj\s*<<((?:(?!>>\s*stream)[^])*?\/Type\s*\/EmbeddedFile\b(?:(?!>>\s*stream)[^])*?)>>\s*stream\r?\n/;
const LENGTH = /\/Length\s+(\d+)(?!\s+\d+\s+R)/;
/** In bytes: what is packed more tightly than that is no answer of a register. */
const LARGEST = 64 * 1024 * 1024;

/**
 * What a document carries within it: where it is for the archive, the answer that it was made from.
 * @param name of the file within the file
 */
export function answerWithin(standard: PdfStandard, name: string, answer: object): Pick<PrintRequest, 'embed'> {
  return standard === 'a-3a' ? { embed: { name, json: JSON.stringify(answer) } } : {};
}

/** Whether a file is a PDF. */
export function isPdf(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, 5)).toString('latin1') === '%PDF-';
}

/**
 * The file within a PDF/A-3a that was made here, as text. One that another program has saved again may be built in other
 * ways, and is not read.
 * @returns undefined where there is none, or it cannot be read
 */
export function embeddedText(pdf: Uint8Array): string | undefined {
  const start = dictionaryOf(Buffer.from(pdf));
  if (start === undefined) return undefined;
  const { from, length, packed } = start;
  const bytes = pdf.subarray(from, from + length);
  try {
    return (packed ? inflateSync(bytes, { maxOutputLength: LARGEST }) : Buffer.from(bytes)).toString('utf8');
  } catch {
    return undefined;
  }
}

function dictionaryOf(
  pdf: Buffer,
): { readonly from: number; readonly length: number; readonly packed: boolean } | undefined {
  // Bytes of other streams may look like anything: only what stands close before the word can be its dictionary.
  for (let at = pdf.indexOf('/EmbeddedFile'); at !== -1; at = pdf.indexOf('/EmbeddedFile', at + 1)) {
    const begin = Math.max(0, at - 300);
    const found = EMBEDDED.exec(pdf.toString('latin1', begin, at + 1_000));
    const length = LENGTH.exec(found?.[1] ?? '')?.[1];
    if (found && length !== undefined)
      return {
        from: begin + found.index + found[0].length,
        length: Number(length),
        packed: /\/Filter\s*\/FlateDecode/.test(found[1] ?? ''),
      };
  }
  return undefined;
}
