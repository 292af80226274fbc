import { dayOf, type Day } from '../kernel/time/day.js';

type Data = Readonly<Record<string, unknown>>;

/** An entry that counts, with the day and data that count: those of the correction that holds, where one does. */
export interface Fact {
  readonly id: string;
  readonly type: string;
  /** Place of the entry (of the original, where it is corrected) within its stream; orders facts of one day. */
  readonly order: number;
  readonly day: Day;
  readonly data: Data;
}

/** The facts of one stream in the order of entries: by day, then by place in the stream. */
export class Facts {
  private readonly byType = new Map<string, Fact[]>();

  /**
   * @param list in the order of entries
   * @param before what was known of the same stream at another time: where it has the same facts of a type, its list of
   * them is taken over,
   *   so that who looks at that type alone can tell by the list that nothing has changed
   */
  constructor(
    readonly list: readonly Fact[],
    before?: Facts,
  ) {
    for (const fact of list) {
      const same = this.byType.get(fact.type);
      if (same) same.push(fact);
      else this.byType.set(fact.type, [fact]);
    }
    if (!before) return;
    for (const [type, facts] of this.byType) {
      const known = before.byType.get(type);
      if (known?.length === facts.length && known.every((fact, index) => fact === facts[index]))
        this.byType.set(type, known);
    }
  }

  /** The facts of the given types, in the order of entries. */
  of(...types: readonly string[]): readonly Fact[] {
    if (types.length === 1) return this.byType.get(types[0]!) ?? NONE;
    return this.list.filter((fact) => types.includes(fact.type));
  }
}

const NONE: readonly Fact[] = [];

export const NO_FACTS = new Facts(NONE);

/** Orders facts of one stream as the rules do. */
export function inOrder(a: Fact, b: Fact): number {
  return a.day - b.day || a.order - b.order;
}

/** Whether the fact says anything in the field; a sealed field that was not opened stands as null and was given. */
export function gives(fact: Fact, field: string): boolean {
  return fact.data[field] !== undefined;
}

/** The text in a field, or undefined. */
export function text(fact: Fact, field: string): string | undefined {
  const value = fact.data[field];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The text in a field that every entry of the type has.
 * @throws TypeError when it is not there: no schema let that pass.
 */
export function required(fact: Fact, field: string): string {
  const value = text(fact, field);
  if (value === undefined) throw new TypeError(`${fact.type} without ${field}`);
  return value;
}

/** The texts in a list field; none where it is absent. */
export function texts(fact: Fact, field: string): readonly string[] {
  const value = fact.data[field];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The objects in a list field; none where it is absent. */
export function records(fact: Fact, field: string): readonly Data[] {
  const value = fact.data[field];
  return Array.isArray(value) ? value.filter((item): item is Data => typeof item === 'object' && item !== null) : [];
}

/** The civil date in a field as a day, or undefined. @throws RangeError when the text is no calendar day. */
export function dayIn(fact: Fact, field: string): Day | undefined {
  const value = text(fact, field);
  return value === undefined ? undefined : dayOf(value);
}

/** The earliest day among the facts, or undefined when there are none. `facts` stand in the order of entries. */
export function firstDay(facts: readonly Fact[]): Day | undefined {
  return facts[0]?.day;
}
