import { spelt, withoutOrders } from '../kernel/safe-text.js';
import { drawnCharacters } from './fonts.js';

/** What nearly every text is made of; all of it is drawn by the fonts, and a spec says so. */
const USUAL = /^[\n -~\u00a1-\u00ac\u00ae-\u00ff–—…·]*$/;
/** A word that no column is wide enough for; words are parted at hyphens of their own accord. */
const LONG_WORD = /[^\s-]{28,}/gu;
const PIECE = /.{1,14}/gu;

/**
 * A text as it can be printed: in NFC; orders, halves of characters and characters that the fonts have no glyph for are
 * spelt out (a document with a character that cannot be drawn is refused as a whole), and a word too long for any column
 * gets places where it may be broken.
 */
export function printableText(text: string): string {
  const usual = USUAL.test(text) ? text : drawable(withoutOrders(text.normalize('NFC')));
  return usual.replace(LONG_WORD, (word) => (word.match(PIECE) ?? [word]).join('\u200b'));
}

/** {@link printableText} of every text in a value, also of texts within lists and objects. */
export function printableData(value: unknown): unknown {
  if (typeof value === 'string') return printableText(value);
  if (Array.isArray(value)) return value.map(printableData);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, printableData(member)]));
  return value;
}

function drawable(text: string): string {
  const drawn = drawnCharacters();
  let made = '';
  for (const character of text)
    made += character === '\n' || drawn.has(character.codePointAt(0) ?? 0) ? character : spelt(character);
  return made;
}
