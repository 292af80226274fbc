import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PdfStandard, printerMustHaveRoom, printPdf, type PrintRequest } from '../../documents/print-pdf.js';
import { ARCHIVE_PDF, PDF } from '../../kernel/http/document-types.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { documentOf } from '../../kernel/http/made-documents.js';
import { Problem } from '../../kernel/http/problem.js';
import { preferred } from './accept.js';

const STANDARDS = { [PDF]: 'ua-1', [ARCHIVE_PDF]: 'a-3a' } as const satisfies Record<string, PdfStandard>;

export type PdfType = keyof typeof STANDARDS;

/** How the OpenAPI document tells of an answer that can be had as a document. */
export const PDF_CONTENT = Object.fromEntries(
  Object.keys(STANDARDS).map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
);

/** What a caller wants an answer as: JSON, or a PDF. @throws Problem NOT_ACCEPTABLE, DOCUMENTS_BUSY */
export function answeredAs(request: FastifyRequest, reply: FastifyReply): 'application/json' | PdfType;
export function answeredAs<T extends string>(
  request: FastifyRequest,
  reply: FastifyReply,
  besides: readonly T[],
): 'application/json' | PdfType | T;
export function answeredAs(request: FastifyRequest, reply: FastifyReply, besides: readonly string[] = []): string {
  const type = preferred(request.headers.accept, ['application/json', ...besides, PDF, ARCHIVE_PDF]);
  if (type === undefined) throw new Problem(httpProblems.NOT_ACCEPTABLE);
  if (type === PDF || type === ARCHIVE_PDF) printerMustHaveRoom();
  reply.header('vary', 'accept');
  return type;
}

/**
 * An answer as PDF, to be returned from the handler.
 * @param answer what is told, without what the caller may not see
 * @param document how it is told
 * @throws Problem DOCUMENT_TOO_LARGE, DOCUMENTS_BUSY, DOCUMENT_NOT_MADE
 */
export async function pdfAnswer<T>(
  reply: FastifyReply,
  type: PdfType,
  name: string,
  answer: T,
  document: (answer: T, standard: PdfStandard) => PrintRequest,
): Promise<Buffer> {
  const bytes = await printPdf(document(answer, STANDARDS[type]));
  reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"` });
  return documentOf(bytes, answer);
}
