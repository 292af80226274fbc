import type { Line, World } from './world.js';

/** Whose order among entries has a meaning of its own: which of them was recorded later decides. */
const ABOUT_ENTRIES = new Set(['EntryCorrected', 'EntryAnnulled', 'EntryDisputed']);

/** The ids and refs that a line names, its own stream's included. */
function namedBy(line: Line): Set<string> {
  const named = new Set([line.stream.slice(line.stream.indexOf('-') + 1)]);
  const look = (value: unknown): void => {
    if (typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) named.add(value);
    else if (typeof value === 'object' && value !== null) {
      const ref: unknown = Reflect.get(value, 'ref');
      if (typeof ref === 'string') named.add(`ref ${ref}`);
      for (const inner of Object.values(value)) look(inner);
    }
  };
  look(line.data);
  return named;
}

/**
 * The world without corrections, annulments and disputes, and without what names something that only they brought into
 * being.
 */
export function withoutCorrections(world: World): World {
  const gone = new Set<string>();
  const known = new Set<string>();
  const lines = world.lines.filter((line) => {
    const named = namedBy(line);
    const dropped = ABOUT_ENTRIES.has(line.type) || [...named].some((name) => gone.has(name));
    // What is named first by a line that goes is not known to those that stay.
    if (dropped) for (const name of [...named, `ref ${line.ref}`]) if (!known.has(name)) gone.add(name);
    if (!dropped) for (const name of [...named, `ref ${line.ref}`]) known.add(name);
    return !dropped;
  });
  return { ...world, lines, recordedAt: lines.map(() => world.recordedAt[0] ?? '') };
}

/** What must not change places: the entries of a stream, or only those of one stream and one day. */
export type Kept = 'STREAM' | 'STREAM_AND_DAY';

/**
 * The lines in another order: each still comes after whatever it names, and those that are to be kept keep their order.
 * @param choices any numbers; they choose, again and again, which of the lines that could be next is next
 */
export function inAnotherOrder(lines: readonly Line[], kept: Kept, choices: readonly number[]): Line[] {
  const after = lines.map(() => new Set<number>());
  const firstNaming = new Map<string, number>();
  const lastOf = new Map<string, number>();
  lines.forEach((line, at) => {
    for (const name of namedBy(line)) {
      const first = firstNaming.get(name);
      if (first === undefined) firstNaming.set(name, at);
      else after[at]?.add(first);
    }
    firstNaming.set(`ref ${line.ref}`, at);
    const group = kept === 'STREAM' ? line.stream : `${line.stream} ${line.effectiveOn}`;
    const last = lastOf.get(group);
    if (last !== undefined) after[at]?.add(last);
    lastOf.set(group, at);
  });
  const done = new Set<number>();
  const left = lines.map((_, at) => at);
  const result: Line[] = [];
  while (left.length > 0) {
    const ready = left.filter((at) => [...(after[at] ?? [])].every((needed) => done.has(needed)));
    const chosen = ready[(choices[result.length % choices.length] ?? 0) % ready.length] ?? 0;
    left.splice(left.indexOf(chosen), 1);
    done.add(chosen);
    result.push(lines[chosen] as Line);
  }
  return result;
}
