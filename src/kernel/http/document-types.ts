/** The media types of documents that an answer can be had as. */
export const PDF = 'application/pdf';
/** A PDF for the archive, with the answer that it was made from inside. */
export const ARCHIVE_PDF = 'application/pdf;profile="a-3a"';
export const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * What it is to take an answer of this type with one, beyond reading it.
 * @param contentType of the answer
 * @returns undefined where it is nothing but reading
 */
export function actOfDocument(contentType: unknown): 'PRINT' | 'EXPORT' | undefined {
  if (contentType === PDF) return 'PRINT';
  return contentType === ARCHIVE_PDF || contentType === WORKBOOK ? 'EXPORT' : undefined;
}
