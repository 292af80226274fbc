/**
 * The one place that makes text of a person safe where it is shown. What somebody wrote may hold anything that could be
 * typed or imported; on a terminal, in a table, a list or a log it must never look like a line, a column or an order.
 */

// Everything that ends a line somewhere: also vertical tab, form feed, NEL and the separators of Unicode.
const LINE_ENDS = /\s*[\n\v\f\r\u0085\u2028\u2029]+\s*/gu;

// Control characters are orders to a terminal; marks of direction turn around what stands beside them.
const DIRECTIONS = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const ORDERS = new RegExp(`[\\p{Cc}${DIRECTIONS}]`, 'gu');
const ORDERS_WITHIN_LINES = new RegExp(`(?!\\n)[\\p{Cc}\\u2028\\u2029${DIRECTIONS}]`, 'gu');
const UNSAFE_IN_JSON = new RegExp(`(?!\\n)[\\p{Cc}\\u2028\\u2029${DIRECTIONS}]`, 'gu');

/**
 * A text of a person as one piece of one line: line ends become ` / `, blanks become one, orders are spelt out. Wide gaps go as well: with
 * them a text could be pushed to the start of the terminal's next line.
 */
export function onOneLine(text: string): string {
  return text.trim().replace(LINE_ENDS, ' / ').replace(/\s+/gu, ' ').replace(ORDERS, spelt);
}

/** A text of several lines that the program made: its line feeds stand, whatever else is an order is spelt out. */
export function withoutOrders(text: string): string {
  return text.replace(ORDERS_WITHIN_LINES, spelt);
}

/** JSON text with the same meaning in which no character is an order to a terminal: JSON itself escapes only U+0000 to U+001F. */
export function safeJson(json: string): string {
  return json.replace(UNSAFE_IN_JSON, (character) => `\\u${hex(character)}`);
}

/** A character by its number: `‹U+202E›`. */
export function spelt(character: string): string {
  return `‹U+${hex(character).toUpperCase()}›`;
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
}
