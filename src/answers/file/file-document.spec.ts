import { describe, expect, it } from '@jest/globals';
import { embeddedText } from '../../documents/embedded-file.js';
import { printPdf } from '../../documents/print-pdf.js';
import { madeUpFile, uuid } from '../../../test/support/made-up-papers.js';
import { readPdf, squeezed } from '../../../test/support/read-pdf.js';
import { fileDocument } from './file-document.js';

const HOSTILE = ['#panic("x") $a$ *b* _c_ @d <e> \\ `f` = g', '<script>alert(1)</script>', 'å'.repeat(120)];

describe("a person's file on paper", () => {
  it.each([2, 40, 600])('shows each of %i entries, numbered and with its id', async (entries) => {
    const { squeezed: whole, title, language } = readPdf(await printPdf(fileDocument(madeUpFile(entries), 'ua-1')));
    expect([title.startsWith('Akt ur registret över fast omsorgskontakt'), language]).toEqual([true, 'sv']);
    expect(madeUpFile(entries).entries.filter(({ eventId }) => !whole.includes(eventId))).toEqual([]);
    expect(whole).toContain(`${entries}händelser`);
  });

  it('shows head, contacts with their evidence, judgement, corrections and proof', async () => {
    const { squeezed: whole } = readPdf(await printPdf(fileDocument(madeUpFile(3), 'ua-1')));
    for (const words of [
      '19121212-1212',
      `Sammanslagen med ${uuid(5)}`,
      'ordinarie',
      'frånvarande 2024-07-01 – 2024-07-31',
      'nr 1; 1 utanför historiken',
      '4 kap. 2 b § socialtjänstlagen (2001:453)',
      'Rätt är: 3 januari 2026',
      'sent registrerad',
      '1 av 3 händelser i akten; 2 registrerades efter den',
      'ab'.repeat(32),
      'arkiv.example',
      'Kunde inte nås senast',
      '7 händelser, utan anmärkning',
    ])
      expect(whole).toContain(squeezed(words));
  });

  it.each(HOSTILE)('sets a name as text, whatever it looks like: %s', async (name) => {
    const { squeezed: whole } = readPdf(await printPdf(fileDocument(madeUpFile(2, name), 'ua-1')));
    expect(whole.split(squeezed(name)).length).toBeGreaterThan(6);
  });

  it('is the same to the byte, and for the archive carries the answer', async () => {
    const pdf = await printPdf(fileDocument(madeUpFile(3), 'a-3a'));
    expect(await printPdf(fileDocument(madeUpFile(3), 'a-3a'))).toEqual(pdf);
    expect(JSON.parse(embeddedText(pdf) ?? '')).toEqual(madeUpFile(3));
  });

  it('says of a person who was forgotten that she was, and leaves no name where there is none', async () => {
    const file = { ...madeUpFile(2), state: { forgottenOn: '2026-05-01' }, names: {} };
    const { squeezed: whole } = readPdf(await printPdf(fileDocument(file, 'ua-1')));
    expect(whole).toContain(squeezed('Personuppgifterna gallrades 1 maj 2026.'));
    expect(whole).toContain(squeezed('Personnummer [kan inte läsas]'));
    const [{ actor }] = file.entries as [(typeof file.entries)[number]];
    expect(whole).not.toContain(squeezed(`av ${actor.id}`));
  });
});
