import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';

/** Where a page starts and how long it is. */
export interface PageRequest {
  /** What the page before said in `next`. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

const SEPARATOR = '\u0000';

/** The opaque form of the key that a page ended with. */
export function cursorOf(key: readonly string[]): string {
  return Buffer.from(key.join(SEPARATOR), 'utf8').toString('base64url');
}

/** @throws Problem CURSOR_MALFORMED when no page of such a list ended with it */
export function keyOf(cursor: string, parts: number): string[] {
  const key = Buffer.from(cursor, 'base64url').toString('utf8').split(SEPARATOR);
  if (key.length !== parts || key.some((part) => part === '') || cursorOf(key) !== cursor)
    throw new Problem(httpProblems.CURSOR_MALFORMED);
  return key;
}

/** How a list is ordered: by some texts that together name one item. */
export interface Order<T> {
  readonly key: (item: T) => readonly [string, ...string[]];
  /** How many texts a key has. */
  readonly parts: number;
  /** Default: text by text, in order of code units. */
  readonly compare?: (a: readonly string[], b: readonly string[]) => number;
}

/** A page of a list that is already whole and in order. @throws Problem CURSOR_MALFORMED */
export function pageOf<T>(
  list: readonly T[],
  { cursor, limit }: PageRequest,
  { key, parts, compare = byParts }: Order<T>,
): Page<T> {
  const after = cursor === undefined ? undefined : keyOf(cursor, parts);
  const start = after === undefined ? 0 : list.findIndex((item) => compare(key(item), after) > 0);
  const items = start === -1 ? [] : list.slice(start, start + limit);
  const last = items.at(-1);
  const more = last !== undefined && start + items.length < list.length;
  return { items, ...(more ? { next: cursorOf(key(last)) } : {}) };
}

function byParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
