import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withoutNumbers } from './hidden-numbers.js';

const SECRET = ['192802039814'];
const SEPARATORS = [
  '',
  '-',
  ' ',
  '\u00a0',
  '\u2009',
  '\u202f',
  '\u3000',
  '\t',
  '\n',
  '+',
  '/',
  '.',
  ',',
  ':',
  '_',
  ' – ',
  ' - ',
  '\u00b7',
  '\u2043',
  '\u2044',
  '\u2215',
  '\u2212',
  '\ufe63',
  '\uff0d',
  '\u02d7',
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2015',
  '\u200b',
  '\u200d',
  '\u2060',
  '\u00ad',
  '\ufeff',
  '\u180e',
  '\u2800',
];
const SCRIPTS = Intl.supportedValuesOf('numberingSystem').filter((system) =>
  /^\p{Nd}+$/u.test(inSystem('0123456789', system)),
);

function inSystem(digits: string, system: string): string {
  const format = new Intl.NumberFormat('en', { numberingSystem: system, useGrouping: false });
  return [...digits].map((digit) => (/\d/.test(digit) ? format.format(Number(digit)) : digit)).join('');
}

describe('a secret number in a text', () => {
  it('is hidden in whatever form it is written, and nothing else is', () => {
    const around = fc.constantFrom('', 'nr ', 'Gamla numret ', 'x', '(', 'f. 1928, ', 'ärende 7: ', '20 ');
    const after = fc.constantFrom('', ' i akten', '.', ')', 'x', ', 8 ggr', '\n12:30');
    fc.assert(
      fc.property(
        around,
        fc.boolean(),
        fc.array(fc.constantFrom(...SEPARATORS), { minLength: 11, maxLength: 11 }),
        fc.constantFrom(...SCRIPTS),
        after,
        (before, century, between, script, behind) => {
          const digits = century ? '192802039814' : '2802039814';
          const written = [...digits]
            .map((digit, at) => (at === 0 ? '' : (between[at - 1] ?? '')) + inSystem(digit, script))
            .join('');
          expect(withoutNumbers(`${before}${written}${behind}`, SECRET)).toBe(`${before}[dolt nummer]${behind}`);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['19280203-9814', '[dolt nummer]'],
    ['19280203\u20119814, 19280203\u22129814 och 280203/9814', '[dolt nummer], [dolt nummer] och [dolt nummer]'],
    ['1928-02-03-9814 eller 1928 02 03 9814', '[dolt nummer] eller [dolt nummer]'],
    ['𝟏𝟗𝟐𝟖𝟎𝟐𝟎𝟑-𝟗𝟖𝟏𝟒', '[dolt nummer]'],
    ['①⑨②⑧⓪②⓪③⑨⑧①④', '[dolt nummer]'],
    ['19280203-9814¹', '[dolt nummer]¹'],
    ['280203-9814 280203-9814', '[dolt nummer] [dolt nummer]'],
  ])('%s is shown as %s', (text, shown) => expect(withoutNumbers(text, SECRET)).toBe(shown));

  it.each([
    '1192802039814',
    '19280203-98141',
    '28020398140',
    'f. 1928-02-03, rum 9814',
    '19280203-9815',
    '280203',
    '9814',
  ])('%s is another, and stays', (text) => {
    expect(withoutNumbers(text, SECRET)).toBe(text);
  });

  it('of a text that holds none leaves every character as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/\d/.test(text.normalize('NFKC'))),
        (text) => expect(withoutNumbers(text, SECRET)).toBe(text),
      ),
    );
  });

  it('is hidden where it is a reserve number, with its own signs and in whatever case', () => {
    expect(withoutNumbers('r-7 7(a) och R–77(A).', ['R-77(A)'])).toBe('[dolt nummer] och [dolt nummer].');
    for (const other of ['R-77(a)b', 'xR-77(A)', 'R-77', '1R-77(A)'])
      expect(withoutNumbers(other, ['R-77(A)'])).toBe(other);
  });

  it('is hidden as often as it stands, also beside another', () => {
    expect(withoutNumbers('280203-9814/R-77 R-77', [...SECRET, 'R-77'])).toBe(
      '[dolt nummer]/[dolt nummer] [dolt nummer]',
    );
  });
});
