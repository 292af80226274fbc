import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultOfJson, type JsonBounds, type JsonFault } from './json-text.js';

const DEEP = { depth: 32 };

const NAMES = ['a', 'b', '__proto__', 'toString', '"', '\\', '\\"', 'ä', '\u{1f31e}', '', ':', '{', ',]'];

/** A text of JSON as somebody may write it: a member may stand twice, with blanks between and names escaped in any way. */
interface Written {
  readonly text: string;
  /** How deep it is, the most members of an object and items of a list in it, and all of both; a list that is empty counts as one. */
  readonly deep: number;
  readonly members: number;
  readonly items: number;
  readonly total: number;
  /** Where a member stands for the second time, as the text is read. */
  readonly twice?: readonly (string | number)[];
}

const leaf = fc
  .oneof(
    fc.jsonValue({ maxDepth: 0 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '":', '{', '[1,2]', 'a\\"'),
  )
  .map((value): Written => ({ text: JSON.stringify(value), deep: 0, members: 0, items: 0, total: 0 }));
const blank = fc.constantFrom('', '', ' ', '\n\t');

const escaped = (name: string): string =>
  `"${[...name].flatMap((char) => Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)).join('')}"`;
const named = fc
  .tuple(fc.constantFrom(...NAMES), fc.boolean(), blank)
  .map(([name, escape, after]) => ({ name, text: `${escape ? escaped(name) : JSON.stringify(name)}${after}` }));

const inside = (parts: readonly Written[]): Pick<Written, 'deep' | 'members' | 'items' | 'total'> => ({
  deep: 1 + Math.max(0, ...parts.map(({ deep }) => deep)),
  members: Math.max(0, ...parts.map(({ members }) => members)),
  items: Math.max(0, ...parts.map(({ items }) => items)),
  total: parts.reduce((sum, { total }) => sum + total, 0),
});

function listOf(parts: readonly Written[], space: string): Written {
  const within = inside(parts);
  const first = parts.findIndex(({ twice }) => twice);
  return {
    ...within,
    text: `[${space}${parts.map(({ text }) => text).join(`,${space}`)}${space}]`,
    items: Math.max(within.items, parts.length, 1),
    total: within.total + Math.max(1, parts.length),
    ...(first === -1 ? {} : { twice: [first, ...(parts[first]?.twice ?? [])] }),
  };
}

function objectOf(
  parts: readonly (readonly [{ readonly name: string; readonly text: string }, Written])[],
  space: string,
): Written {
  const within = inside(parts.map(([, part]) => part));
  const names = parts.map(([{ name }]) => name);
  const at = parts.findIndex(([{ name }, { twice }], index) => names.indexOf(name) < index || twice);
  const found = parts[at];
  const again = found && names.indexOf(found[0].name) < at;
  return {
    ...within,
    text: `{${space}${parts.map(([{ text }, part]) => `${text}:${space}${part.text}`).join(`${space},`)}}`,
    members: Math.max(within.members, parts.length),
    total: within.total + parts.length,
    ...(found ? { twice: [found[0].name, ...(again ? [] : (found[1].twice ?? []))] } : {}),
  };
}

const { value: written } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(fc.array(tie('value'), { maxLength: 4 }), blank).map(([parts, space]) => listOf(parts, space)),
    fc
      .tuple(fc.array(fc.tuple(named, tie('value')), { maxLength: 6 }), blank)
      .map(([parts, space]) => objectOf(parts, space)),
  ),
}));

const kindOf = (text: string, bounds: JsonBounds): JsonFault['kind'] | undefined => faultOfJson(text, bounds)?.kind;

/** What JSON.parse kept of a text: as many members as were written, unless one of two was dropped. */
function keptMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce(
    (sum: number, inner) => sum + keptMembers(inner),
    Array.isArray(value) ? 0 : Object.keys(value).length,
  );
}

describe('a JSON text', () => {
  it('is refused for a member named twice at any depth, at the place where it stands again', () => {
    fc.assert(
      fc.property(written, ({ text, twice }) =>
        expect(faultOfJson(text, DEEP)).toEqual(twice && { kind: 'DUPLICATE', path: twice }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('has a member twice exactly when JSON.parse would have dropped one', () => {
    const membersIn = (text: string): number => {
      let found = 0;
      text.replaceAll(
        /"(?:[^"\\]|\\.)*"(\s*:)?/g,
        (string, colon: string | undefined) => ((found += colon === undefined ? 0 : 1), string),
      );
      return found;
    };
    fc.assert(
      fc.property(written, ({ text }) =>
        expect(faultOfJson(text, DEEP) !== undefined).toBe(keptMembers(JSON.parse(text)) < membersIn(text)),
      ),
      { numRuns: 1_000 },
    );
  });

  it('is taken at each of its bounds, and refused beyond', () => {
    const unlike = written.filter(({ twice }) => !twice);
    fc.assert(
      fc.property(unlike, ({ text, deep, members, items, total }) => {
        expect(faultOfJson(text, { depth: deep, members, items, total })).toBeUndefined();
        if (deep > 0) expect(kindOf(text, { depth: deep - 1 })).toBe('TOO_DEEP');
        if (members > 0) expect(kindOf(text, { ...DEEP, members: members - 1 })).toBe('TOO_WIDE');
        if (items > 1) expect(kindOf(text, { ...DEEP, items: items - 1 })).toBe('TOO_WIDE');
        if (members + items > 1) expect(kindOf(text, { ...DEEP, total: total - 1 })).toBe('TOO_WIDE');
      }),
      { numRuns: 1_000 },
    );
  });

  it('that is none is read to an end all the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]:,"\\au1 ') }),
        (text) => void faultOfJson(text, { depth: 3, members: 2, items: 2, total: 5 }),
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['members', `{${Array.from({ length: 20_000 }, (_, at) => `"m${at}":1`).join(',')}}`],
    ['escaped names', `{${Array.from({ length: 10_000 }, (_, at) => `"\\u0061${at}":1`).join(',')}}`],
    ['escaped quotes', `["${'\\"'.repeat(50_000)}"]`],
    ['backslashes', `["${'\\'.repeat(100_000)}"]`],
    ['strings that do not end', '"'.repeat(100_001)],
    ['lists', `[${'[],'.repeat(50_000)}[]]`],
  ])('of nothing but %s is read in a time that grows with its length alone', (_, text) => {
    const visited = countedReads(text);
    faultOfJson(visited.text, DEEP);
    expect(visited.reads()).toBeLessThan(4 * text.length + 100);
  });
});

/** A text that counts how many of its characters are looked at one by one. */
function countedReads(text: string): { readonly text: string; readonly reads: () => number } {
  let reads = 0;
  const counted = new Proxy(Object(text) as object, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (member === 'charCodeAt') reads += 1;
        const answer: unknown = Reflect.apply(value, text, given);
        // What is skipped is looked at too.
        if (member === 'indexOf') reads += (answer === -1 ? text.length : Number(answer)) - Number(given[1]);
        return answer;
      };
    },
  });
  return { text: counted as unknown as string, reads: () => reads };
}
