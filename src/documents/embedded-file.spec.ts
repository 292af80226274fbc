import { describe, expect, it } from '@jest/globals';
import { embeddedText, isPdf } from './embedded-file.js';
import { printPdf, type PrintRequest } from './print-pdf.js';

const json = JSON.stringify({ report: 'å'.repeat(50), rows: ['/EmbeddedFile', '>> stream', 'endstream'] });
const request: PrintRequest = {
  template: 'report',
  head: { title: 'Tillsynsrapport', controller: 'Exempelkommunen', generatedAt: '2026-06-30T12:00:00Z' },
  content: {
    remarks: ['OBS: /Type /EmbeddedFile /Length 3 >> stream'],
    shares: [],
    bars: { rows: [] },
    blocks: [],
    changes: null,
    definitions: [],
    facts: [],
    embedded: '',
  },
  standard: 'a-3a',
  createdAt: '2026-06-30T12:00:00Z',
};

describe('the file within a document for the archive', () => {
  it('is what the document was made from', async () => {
    const pdf = await printPdf({ ...request, embed: { name: 'rapport.json', json } });
    expect(isPdf(pdf)).toBe(true);
    expect(embeddedText(pdf)).toBe(json);
  });

  it('is not there in a document for reading, nor in what is none', async () => {
    expect(embeddedText(await printPdf({ ...request, standard: 'ua-1' }))).toBeUndefined();
    expect(
      embeddedText(
        Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length 9 /Filter /FlateDecode >>\nstream\nnot packed'),
      ),
    ).toBeUndefined();
    expect(isPdf(Buffer.from('{"header":'))).toBe(false);
  });
});
