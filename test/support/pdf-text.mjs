// Reads the PDF on standard input with another program than that which made it, and writes what stands in it as JSON.
import { buffer } from 'node:stream/consumers';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

const data = new Uint8Array(await buffer(process.stdin));
const document = await getDocument({ data, verbosity: VerbosityLevel.ERRORS }).promise;
const { info } = await document.getMetadata();
let text = '';
for (let number = 1; number <= document.numPages; number += 1) {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
  text += '\n';
}
process.stdout.write(
  JSON.stringify({ title: info.Title ?? '', language: info.Language ?? '', pages: document.numPages, text }),
);
