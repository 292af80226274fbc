import type { EventCatalogue } from './event-catalogue.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * Brings the data of one version of a type to the next: raw JSON in, raw JSON out, pure. A sealed field may stand as
 * `null` in it
 * (the entry is closed, or the person was forgotten) and must then come out as `null` wherever it goes.
 */
export interface Upcaster {
  readonly type: string;
  /** It takes this version and gives the next one. */
  readonly from: number;
  upcast(data: Data): Data;
}

/** The chains that bring every version that was ever written to today's: v1 → v2 → v3. */
export class Upcasters {
  private readonly chains = new Map<string, readonly Upcaster[]>();

  /**
   * @throws Error naming the type when a chain has a gap, goes beyond today's version, or has two steps from one
   * version
   */
  constructor(
    private readonly catalogue: EventCatalogue,
    upcasters: readonly Upcaster[] = [],
  ) {
    const byType = new Map<string, Upcaster[]>();
    for (const upcaster of upcasters) {
      if (!catalogue.get(upcaster.type)) throw new Error(`an upcaster is for the unknown type ${upcaster.type}`);
      byType.set(upcaster.type, [...(byType.get(upcaster.type) ?? []), upcaster]);
    }
    for (const { type, schemaVersion } of catalogue.all())
      this.chains.set(type, chain(type, schemaVersion, byType.get(type) ?? []));
  }

  /** Today's version of a type; undefined for a type that this program does not know. */
  current(type: string): number | undefined {
    return this.catalogue.get(type)?.schemaVersion;
  }

  /** The data of a version as data of today's. Data of an unknown type comes out as it went in. */
  upcast(type: string, from: number, data: Data): Data {
    const steps = this.chains.get(type);
    if (!steps || from > steps.length) return data;
    return steps.slice(from - 1).reduce((older, step) => step.upcast(older), data);
  }
}

/**
 * The steps of a type in order, step 0 leading from version 1. They only lead from a version to the next, so there is
 * no cycle.
 */
function chain(type: string, current: number, steps: readonly Upcaster[]): readonly Upcaster[] {
  const ordered = steps.toSorted((one, other) => one.from - other.from);
  for (const [index, { from }] of ordered.entries()) {
    if (!Number.isInteger(from) || from < 1 || from >= current)
      throw new Error(`${type}: no step leads from version ${from}, today's is ${current}`);
    if (ordered[index - 1]?.from === from) throw new Error(`${type}: two upcasters lead from version ${from}`);
  }
  for (let version = 1; version < current; version++) {
    if (!ordered.some(({ from }) => from === version))
      throw new Error(`${type}: no upcaster leads from version ${version} to ${version + 1}`);
  }
  return ordered;
}
