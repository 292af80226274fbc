/** Characters that show nothing where they stand: soft hyphens, zero-width characters, marks of direction and of variants. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const DECIMAL = /^\p{Nd}$/u;
const NOT_ASCII_DECIMAL = /(?![0-9])\p{Nd}/gu;

/**
 * A text as it is compared, whatever program it was typed or pasted in: compatible forms are one (NFKC), what is not seen is gone, and the
 * digits of every script are 0 to 9.
 */
export function plainCharacters(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '').normalize('NFKC').replace(NOT_ASCII_DECIMAL, asciiDigit);
}

/** The digits of a script stand in Unicode side by side from 0 to 9, and where two scripts meet, the next 0 follows the 9 before. */
function asciiDigit(decimal: string): string {
  const point = decimal.codePointAt(0) ?? 0;
  let before = 0;
  while (DECIMAL.test(String.fromCodePoint(point - before - 1))) before += 1;
  return String(before % 10);
}
