/**
 * How deep JSON that comes in may be nested, its own object counted: a line of a history (contract §2) and the body of
 * a call alike.
 */
export const MAX_DEPTH = 32;

/** How much one JSON text may hold. */
export interface JsonBounds {
  /** Levels of objects and lists, the outermost counted. */
  readonly depth: number;
  /** Members of one object. */
  readonly members?: number;
  /** Items of one list. */
  readonly items?: number;
  /** Members and items in all; an empty list counts as one. */
  readonly total?: number;
}

/** Why a JSON text is refused before anybody looks at its values. The path leads to the second of two members of one name. */
export type JsonFault =
  | { readonly kind: 'TOO_DEEP' }
  | { readonly kind: 'TOO_WIDE' }
  | { readonly kind: 'DUPLICATE'; readonly path: readonly (string | number)[] };

/** An object or a list that is open where the reading stands. */
interface Open {
  readonly list: boolean;
  /** Members or items so far. */
  count: number;
  readonly names: string[];
  /** The names again, once there are too many to go through. */
  known?: Set<string>;
}

/** With more names than these, a set finds one sooner than going through them. */
const FEW_NAMES = 16;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/**
 * Finds the first reason to refuse a JSON text: it nests too deep, holds too much, or names a member of an object twice. `JSON.parse` would
 * build all of it first and keep the last of two such members. The text is read once, front to back, and no further than the fault.
 * Whether it is JSON at all is for `JSON.parse` to say; for what is not, the answer means nothing, but comes just as fast.
 */
export function faultOfJson(
  text: string,
  { depth, members = Infinity, items = Infinity, total = Infinity }: JsonBounds,
): JsonFault | undefined {
  const opened: Open[] = [];
  let open: Open | undefined;
  let counted = 0;
  let start = 0;
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      start = at + 1;
      end = at = endOfString(text, start);
    } else if (char === OBJECT || char === LIST) {
      if (opened.length === depth) return { kind: 'TOO_DEEP' };
      const list = char === LIST;
      open = { list, count: list ? 1 : 0, names: [] };
      opened.push(open);
      if (list && ++counted > total) return { kind: 'TOO_WIDE' };
    } else if (char === OBJECT_END || char === LIST_END) {
      opened.pop();
      open = opened.at(-1);
    } else if (open && char === (open.list ? COMMA : COLON)) {
      open.count += 1;
      counted += 1;
      if (open.count > (open.list ? items : members) || counted > total) return { kind: 'TOO_WIDE' };
      if (!open.list && !isNew(open, nameOf(text.slice(start, end))))
        return { kind: 'DUPLICATE', path: opened.map(placeIn) };
    }
  }
  return undefined;
}

/** @returns the index of the closing quote, or the end of the text where there is none */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (before > start && text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    // Backslashes escape each other in pairs; one that is left over escapes the quote.
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

function nameOf(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    // An escape that does not exist: JSON.parse will refuse the whole text.
    return written;
  }
}

/** Notes a name. @returns false when the object had it already */
function isNew(open: Open, name: string): boolean {
  const { names } = open;
  if (names.length === FEW_NAMES) open.known = new Set(names);
  const isKnown = open.known ? open.known.has(name) : names.includes(name);
  open.known?.add(name);
  names.push(name);
  return !isKnown;
}

function placeIn({ list, count, names }: Open): string | number {
  return list ? count - 1 : (names.at(-1) ?? '');
}
