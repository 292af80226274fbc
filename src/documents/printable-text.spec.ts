import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawnCharacters } from './fonts.js';
import { printableData, printableText } from './printable-text.js';

describe('a text that is printed', () => {
  it('stands as it is where the fonts can draw it', () => {
    expect(printableText('Åsa Ögren-Ålén, 5 § – ”så” … 1 234\nnästa rad')).toBe(
      'Åsa Ögren-Ålén, 5 § – ”så” … 1 234\nnästa rad',
    );
  });

  it('spells out what the fonts cannot draw, orders, marks of direction, and halves of characters', () => {
    expect(printableText('a\u0000b')).toBe('a‹U+0000›b');
    expect(printableText('a\u202eb')).toBe('a‹U+202E›b');
    expect(printableText('عر')).toBe('‹U+0639›‹U+0631›');
    expect(printableText('😀')).toBe('‹U+1F600›');
    expect(printableText('\ud800')).toBe('‹U+D800›');
  });

  it('may be broken within a word that no column holds, and says the same without those places', () => {
    const long = 'å'.repeat(300);
    expect(printableText(long)).toContain('\u200b');
    expect(printableText(long).replaceAll('\u200b', '')).toBe(long);
  });

  it('of whatever characters holds none that cannot be drawn', () => {
    const drawn = drawnCharacters();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const character of printableText(text).replaceAll('\u200b', ''))
          expect(character === '\n' || drawn.has(character.codePointAt(0) ?? 0)).toBe(true);
      }),
    );
  });

  it('is looked for in lists and objects; what is no text stays what it is', () => {
    expect(printableData({ rows: [['a\u0007', 3, true, null]] })).toEqual({ rows: [['a‹U+0007›', 3, true, null]] });
  });
});
