/**
 * Changes the order of a scenario's steps where nothing depends on it, so that a server that recites answers is found
 * out.
 */

interface Part {
  readonly text: string;
  /** The streams and ids that it names. */
  readonly names: ReadonlySet<string>;
  readonly writes: boolean;
}

/**
 * Gives the source of a scenario with its steps in another order. Steps that share a stream or an id keep theirs, as do
 * those with a step between them that looks at the whole log, and the last event before such a look stays the last.
 * @param source statements that begin with a word at the start of a line, a step as `await step('label', …`; streams
 * are named by `S('name')` or
 *   `app('name', …`, ids by `ev(name`
 * @param seed the same seed gives the same order
 */
export function shuffled(source: string, seed: number): string {
  const parts = partsOf(source);
  const random = randomFrom(seed);
  const done: Part[] = [];
  for (let at = 0; at < parts.length;) {
    const end = parts.findIndex((part, index) => index >= at && isFixed(part));
    const free = parts.slice(at, end < 0 ? parts.length : end);
    done.push(...shuffledGroup(free, random));
    at += free.length;
    if (end >= 0) done.push(parts[at++]!);
  }
  return done.map(({ text }) => text).join('\n');
}

function partsOf(source: string): Part[] {
  const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
  const streams = new Set(found(source, /\b(?:S|app)\('([^']*)'/g));
  const filters = found(source, /prefixes: \[([^\]]*)\]/g).map((list) => found(list, /S\('([^']*)'\)/g));
  return source.split(/\n(?=[\w/])/).map((text) => {
    const named = found(text, /'([^']*)'/g).filter((word) => streams.has(word));
    const ids = found(text, /\bev\(('?[^,)]+'?)/g).map((id) => `id ${id}`);
    const writes = /\bapp\(|appendToStream|setStreamMetadata|deleteStream|tombstoneStream/.test(text);
    // Events of streams that somebody will follow together stay in order among each other.
    const followed = filters
      .filter((prefixes) => writes && prefixes.some((prefix) => named.some((name) => name.startsWith(prefix))))
      .map((prefixes) => `filter ${prefixes.join()}`);
    return { text, names: new Set([...named, ...ids, ...followed]), writes };
  });
}

/** What is no step, and a step that looks at the whole log, stays where it is. */
function isFixed({ text, names }: Part): boolean {
  return !text.startsWith('await step(') || names.size === 0 || /\b(order|subscribeToAll|readAll)\(/.test(text);
}

/** A random order in which whoever depends on a step comes after it. */
function shuffledGroup(parts: readonly Part[], random: () => number): Part[] {
  const waiting = [...parts];
  const done: Part[] = [];
  while (waiting.length > 0) {
    const last = waiting.findLast(({ writes }) => writes);
    const isLast = waiting.filter(({ writes }) => writes).length === 1;
    const ready = waiting.filter(
      (part, at) => !waiting.slice(0, at).some((other) => touches(part, other)) && (part !== last || isLast),
    );
    const next = ready[Math.floor(random() * ready.length)]!;
    done.push(next);
    waiting.splice(waiting.indexOf(next), 1);
  }
  return done;
}

function touches(one: Part, other: Part): boolean {
  return [...one.names].some((name) => other.names.has(name));
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
