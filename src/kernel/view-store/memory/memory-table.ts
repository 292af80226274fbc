import type { StoredRow } from '../collection.js';
import type { Plan, Term } from '../query-plan.js';
import type { CollectionSpec, Value } from '../view-store.js';

/**
 * A collection's rows by key, and by the first field of each key and index, so that no question walks through rows it
 * does not mean.
 */
export class MemoryTable {
  /** Snapshots that look at this table; while there are any, a writer works on a copy. */
  pins = 0;
  private readonly rows = new Map<string, StoredRow>();
  private readonly buckets: ReadonlyMap<string, Map<Value, Map<string, StoredRow>>>;

  constructor(private readonly spec: CollectionSpec) {
    this.buckets = new Map(
      [spec.key, ...(spec.indexes ?? [])].map((path) => [path[0] ?? '', new Map<Value, Map<string, StoredRow>>()]),
    );
  }

  copy(spec: CollectionSpec = this.spec): MemoryTable {
    const copy = new MemoryTable(spec);
    for (const row of this.rows.values()) copy.put(row);
    return copy;
  }

  get(key: readonly Value[]): StoredRow | undefined {
    return this.rows.get(JSON.stringify(key));
  }

  put(row: StoredRow): void {
    const key = this.keyOf(row);
    this.remove(key);
    this.rows.set(key, row);
    for (const [field, bucket] of this.buckets) {
      const value = row[field] ?? null;
      const rows = bucket.get(value) ?? new Map<string, StoredRow>();
      bucket.set(value, rows.set(key, row));
    }
  }

  deleteAll(plan: Plan): void {
    for (const row of this.matching(plan)) this.remove(this.keyOf(row));
  }

  /** The rows that a query asks for, in its order. */
  find(plan: Plan): StoredRow[] {
    const found = this.matching(plan);
    if (plan.order.length > 0) found.sort((one, other) => compareBy(plan.order, one, other));
    return found.slice(0, plan.limit);
  }

  private matching(plan: Plan): StoredRow[] {
    return [...this.candidates(plan)].filter((row) => plan.terms.every((term) => holds(term, row[term.field] ?? null)));
  }

  private *candidates(plan: Plan): Iterable<StoredRow> {
    const first = plan.terms.find((term) => term.op !== 'range' && term.field === plan.path[0]);
    const bucket = first && this.buckets.get(first.field);
    if (!first || !bucket) return yield* this.rows.values();
    for (const value of first.op === 'in' ? first.values : first.op === 'eq' ? [first.value] : [])
      yield* bucket.get(value)?.values() ?? [];
  }

  private remove(key: string): void {
    const row = this.rows.get(key);
    if (!row) return;
    this.rows.delete(key);
    for (const [field, bucket] of this.buckets) {
      const rows = bucket.get(row[field] ?? null);
      rows?.delete(key);
      if (rows?.size === 0) bucket.delete(row[field] ?? null);
    }
  }

  private keyOf(row: StoredRow): string {
    return JSON.stringify(this.spec.key.map((field) => row[field]));
  }
}

function holds(term: Term, value: Value): boolean {
  if (term.op === 'eq') return value === term.value;
  if (term.op === 'in') return term.values.includes(value);
  if (value === null) return false;
  return term.bounds.every((bound) => {
    const order = compare(value, bound.value);
    return bound.than === 'lt'
      ? order < 0
      : bound.than === 'lte'
        ? order <= 0
        : bound.than === 'gt'
          ? order > 0
          : order >= 0;
  });
}

function compareBy(fields: readonly string[], one: StoredRow, other: StoredRow): number {
  for (const field of fields) {
    const order = compare(one[field] ?? null, other[field] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * The order of every adapter: nothing first, numbers by size, text by code point (as its UTF-8 bytes sort, which
 * JavaScript's `<` does not).
 */
function compare(one: Value, other: Value): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}
