import { describe, expect, it } from '@jest/globals';
import { embeddedText } from '../../documents/embedded-file.js';
import { printPdf } from '../../documents/print-pdf.js';
import { madeUpExtract } from '../../../test/support/made-up-papers.js';
import { readPdf, squeezed } from '../../../test/support/read-pdf.js';
import { extractDocument } from './extract-document.js';

describe('the extract of the access log on paper', () => {
  it.each([1, 40, 600])('shows each of %i looks', async (looks) => {
    const extract = madeUpExtract(looks);
    const { squeezed: whole } = readPdf(await printPdf(extractDocument(extract, 'ua-1')));
    expect(extract.items.filter(({ what }) => !whole.includes(squeezed(what)))).toEqual([]);
    expect(extract.items.filter(({ unit }) => unit !== undefined && !whole.includes(squeezed(unit)))).toEqual([]);
    expect(whole).toContain(squeezed(`Antal tillfällen ${looks}`));
  });

  it('says so where nobody has looked', async () => {
    const { squeezed: whole } = readPdf(await printPdf(extractDocument(madeUpExtract(0), 'ua-1')));
    expect(whole).toContain(squeezed('Ingen har tagit del av uppgifterna under den tiden.'));
  });

  it('sets a name as text, and for the archive carries what is told', async () => {
    const extract = madeUpExtract(3, '#panic("x") $a$ *b* <c>');
    const pdf = await printPdf(extractDocument(extract, 'a-3a'));
    expect(readPdf(pdf).squeezed).toContain(squeezed('#panic("x") $a$ *b* <c>'));
    expect(JSON.parse(embeddedText(pdf) ?? '')).toEqual(extract);
  });
});
