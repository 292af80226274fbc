import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { embeddedText } from '../../documents/embedded-file.js';
import { printPdf } from '../../documents/print-pdf.js';
import { printableText } from '../../documents/printable-text.js';
import { FIGURES } from '../../judgement/figures/figure-names.js';
import { madeUpReport } from '../../../test/support/made-up-report.js';
import { readPdf, squeezed } from '../../../test/support/read-pdf.js';
import { FIGURE_BLOCKS, reportDocument } from './report-document.js';
import { reportSheets } from './report-sheets.js';

describe('the report on paper', () => {
  it('has every figure in one block, law apart from routine', () => {
    expect(FIGURE_BLOCKS.flatMap(({ figures }) => figures.map(({ name }) => name)).sort()).toEqual(
      FIGURES.map(({ name }) => name).sort(),
    );
    expect(FIGURE_BLOCKS.map(({ basis }) => basis)).toEqual(['LAW', 'LAW', 'ROUTINE', 'ROUTINE', 'ROUTINE', 'ROUTINE']);
  });

  it.each([1, 40])('shows every number of all of %i units, and says what each counts', async (units) => {
    const source = madeUpReport(units, (at) => `Hemtjänst ${at} i Åmål`);
    const { text, squeezed: whole, title, language } = readPdf(await printPdf(reportDocument(source, 'ua-1')));
    expect([title, language]).toEqual(['Tillsynsrapport, Exempelkommunens äldrenämnd, 30 juni 2026', 'sv']);
    const words = new Set(text.split(/\s+/));
    const rows = [...source.report.rows, source.report.total];
    for (const row of rows) for (const { name } of FIGURES) expect(words).toContain(String(row[name]));
    for (const { unitName } of source.report.rows) {
      // Once in each table, and beside its bar if it is drawn.
      const times = whole.split(squeezed(unitName)).length - 1;
      expect(times).toBeGreaterThanOrEqual(FIGURE_BLOCKS.length);
    }
    for (const { label } of FIGURES) expect(whole).toContain(squeezed(label));
  });

  it('carries the answer in the file for the archive, and says so', async () => {
    const source = madeUpReport(2);
    const pdf = await printPdf(reportDocument(source, 'a-3a'));
    expect(JSON.parse(embeddedText(pdf) ?? '')).toEqual(source.report);
    expect(readPdf(pdf).squeezed).toContain(squeezed('finns i filen tillsynsrapport-2026-06-30.json'));
  });

  it('is the same to the byte in another process, another time zone and another language', async () => {
    const made = [];
    for (const [TZ, LANG] of [
      ['Pacific/Kiritimati', 'ar_EG.UTF-8'],
      ['America/New_York', 'C'],
    ])
      made.push(
        execFileSync(process.execPath, ['--import', './test/support/typescript.mjs', 'test/support/print-digest.ts'], {
          env: { ...process.env, NODE_OPTIONS: '', TZ, LANG, LC_ALL: LANG },
          encoding: 'utf8',
        }),
      );
    expect(made[0]).toMatch(/^[0-9a-f]{64} [0-9a-f]{64}\n$/);
    expect(made[1]).toBe(made[0]);
  });

  it('shows names of whatever characters as text', async () => {
    const hostile = [
      '#panic("x")',
      '$ #let x = 1 $ *fet* _kursiv_ `kod` @ref <etikett> [a](b) \\ // /* */',
      '= Rubrik',
      'עברית العربية ไทย 日本語 😀👨‍👩‍👧',
      'a\u202eb\u0000c\u0007d\u200ee',
      'x'.repeat(300),
      '\u0301\u0301\u0301',
      '"); read("/etc/passwd"); ("',
    ];
    const names = [
      ...hostile,
      ...fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { numRuns: 40, seed: 7 }),
    ];
    const source = madeUpReport(names.length, (at) => names[at] ?? '');
    const { squeezed: whole } = readPdf(await printPdf(reportDocument(source, 'ua-1')));
    for (const name of hostile.filter((one) => one !== '\u0301\u0301\u0301'))
      expect(whole).toContain(squeezed(printableText(name)));
  });
});

describe('the report as a workbook', () => {
  it('has a sheet for each block, Swedish heads, and what figures count on its own', () => {
    const sheets = reportSheets(madeUpReport(3));
    expect(sheets.map(({ name }) => name)).toEqual([
      'Om rapporten',
      'Erbjudande och svar (lag)',
      'Kontakt och yrkestitel (lag)',
      'Erbjudande och svar (rutin)',
      'Kontakt och yrkestitel (rutin)',
      'Plan och uppföljning (rutin)',
      'Övriga krav i rutinen (rutin)',
      'Vad måtten räknar',
    ]);
    for (const { name, rows, widths } of sheets) {
      expect(name.length).toBeLessThanOrEqual(31);
      for (const row of rows) expect(row).toHaveLength(widths.length);
    }
    const [, offers] = sheets;
    expect(offers?.rows[0]?.slice(0, 3)).toEqual(['Enhet', 'Enhetens id', FIGURES[0]?.label]);
    expect(offers?.rows).toHaveLength(5);
    expect(offers?.rows.at(-1)?.[0]).toBe('Totalt');
  });
});
