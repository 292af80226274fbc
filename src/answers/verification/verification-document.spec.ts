import { describe, expect, it } from '@jest/globals';
import { embeddedText } from '../../documents/embedded-file.js';
import { printPdf } from '../../documents/print-pdf.js';
import { madeUpProtocol } from '../../../test/support/made-up-papers.js';
import { readPdf, squeezed } from '../../../test/support/read-pdf.js';
import { verificationDocument } from './verification-document.js';

describe('the protocol of a verification on paper', () => {
  it('says what it came to, what was counted, what vouches for it, and how it was reckoned', async () => {
    const protocol = madeUpProtocol(0);
    const { squeezed: whole } = readPdf(await printPdf(verificationDocument(protocol, 'ua-1')));
    for (const words of [
      'Loggen är oförvanskad',
      'Hela loggen',
      'Kontrollerade händelser 80',
      '7; 73 har kommit efter den',
      protocol.checkpoint?.note ?? '',
      protocol.key?.pem ?? '',
      'arkiv.example',
      'Intygat av arkiv.example',
      'Åtkomstloggen',
      'RFC 6962',
    ])
      expect(whole).toContain(squeezed(words));
    expect(whole).not.toContain(squeezed('Vad som är fel'));
  });

  it.each([1, 100])('shows each of %i findings, in Swedish', async (findings) => {
    const protocol = madeUpProtocol(findings);
    const { squeezed: whole } = readPdf(await printPdf(verificationDocument(protocol, 'ua-1')));
    expect(protocol.findings.filter(({ event }) => !whole.includes(event ?? ''))).toEqual([]);
    expect(whole).toContain(squeezed('Loggen är inte som den registrerades'));
    expect(whole).not.toContain('bytes');
  });

  it('for the archive carries the protocol', async () => {
    const pdf = await printPdf(verificationDocument(madeUpProtocol(1), 'a-3a'));
    expect(JSON.parse(embeddedText(pdf) ?? '')).toEqual(madeUpProtocol(1));
  });
});
