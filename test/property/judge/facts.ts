import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { Entry } from '../../../src/compliance-rules/model.js';

/** An entry as it counts after corrections and annulments. */
export interface Fact {
  readonly id: string;
  readonly type: string;
  readonly position: bigint;
  readonly day: Day;
  readonly data: Readonly<Record<string, unknown>>;
}

type Counted = Pick<Entry, 'effectiveOn' | 'data'>;

/**
 * What one entry says after all corrections and annulments of it, or undefined when it does not count.
 * "Of the valid corrections and annulments of one entry the one with the latest position alone counts."
 */
function asItCounts(entry: Entry, stream: readonly Entry[]): Counted | undefined {
  let latest: { readonly by: Entry; readonly says: Counted } | undefined;
  for (const other of stream) {
    if (other.type !== 'EntryCorrected' && other.type !== 'EntryAnnulled') continue;
    if (other.data['corrects'] !== entry.id) continue;
    const says = asItCounts(other, stream);
    if (says === undefined) continue;
    if (latest === undefined || other.position > latest.by.position) latest = { by: other, says };
  }
  if (latest === undefined) return entry;
  if (latest.by.type === 'EntryAnnulled') return undefined;
  const right = latest.says.data;
  return {
    effectiveOn: typeof right['effectiveOn'] === 'string' ? right['effectiveOn'] : entry.effectiveOn,
    data: isRecord(right['data']) ? right['data'] : entry.data,
  };
}

/** The facts of one stream, "in order of (effectiveOn, position)". Corrections themselves are no facts. */
export function factsOf(entries: readonly Entry[]): readonly Fact[] {
  const facts: Fact[] = [];
  for (const entry of entries) {
    if (entry.type === 'EntryCorrected' || entry.type === 'EntryAnnulled') continue;
    const counted = asItCounts(entry, entries);
    if (counted === undefined) continue;
    facts.push({
      id: entry.id,
      type: entry.type,
      position: entry.position,
      day: dayOf(counted.effectiveOn),
      data: counted.data,
    });
  }
  return facts.sort((a, b) => (a.day !== b.day ? a.day - b.day : a.position < b.position ? -1 : 1));
}

/** The facts of these types with effectiveOn ≤ day, in order. */
export function by(facts: readonly Fact[], day: Day, ...types: string[]): readonly Fact[] {
  return facts.filter((fact) => fact.day <= day && types.includes(fact.type));
}

/** The last, by order of entries, of these types with effectiveOn ≤ day. */
export function last(facts: readonly Fact[], day: Day, ...types: string[]): Fact | undefined {
  return by(facts, day, ...types).at(-1);
}

/** A text field, or undefined when it was not given. */
export function text(fact: Fact, field: string): string | undefined {
  const value = fact.data[field];
  return typeof value === 'string' ? value : undefined;
}

/** A list field; empty when it was not given. */
export function list(fact: Fact, field: string): readonly unknown[] {
  const value = fact.data[field];
  return Array.isArray(value) ? value : [];
}

/** Whether a field was given; one that is sealed stands as null and was. */
export function given(fact: Fact, field: string): boolean {
  return fact.data[field] !== undefined;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Remembers a function of a day: the judge asks the same sentence of the same day again and again. */
export function perDay<T>(ask: (day: Day) => T): (day: Day) => T {
  const answers = new Map<Day, { readonly answer: T }>();
  return (day) => {
    let held = answers.get(day);
    if (held === undefined) {
      held = { answer: ask(day) };
      answers.set(day, held);
    }
    return held.answer;
  };
}
