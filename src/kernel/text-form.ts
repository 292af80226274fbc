/**
 * What a text looks like wherever one is taken in. Of control characters a text has tab and line feed: the others (ESC, NUL, BEL …) are no
 * writing but orders to a terminal or a printer.
 */
// Spelt out, since validators of other languages read it in the schemas.
// oxlint-disable-next-line no-control-regex -- these characters are what it is about
export const TEXT_PATTERN = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$/;

// Format characters, fillers and blanks of all scripts. U+2800 is a Braille cell without dots.
const VISIBLE = /[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether anything can be seen of a text: one of blanks, zero-width characters and fillers alone is as good as none. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}
