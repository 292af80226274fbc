import { fieldType, indexWithKey, toStoredValue } from './collection.js';
import type { CollectionSpec, Condition, Query, Value, Where } from './view-store.js';
import { QueryNotServed } from './view-store.js';

/** One condition in the form every adapter works on. `eq` may be null; `in` holds no null; a bound is never null. */
export type Term =
  | { readonly field: string; readonly op: 'eq'; readonly value: Value }
  | { readonly field: string; readonly op: 'in'; readonly values: readonly Value[] }
  | { readonly field: string; readonly op: 'range'; readonly bounds: readonly Bound[] };

export interface Bound {
  readonly than: 'lt' | 'lte' | 'gt' | 'gte';
  readonly value: Exclude<Value, null>;
}

/** A query that is known to be served, and by what: the fields of the index or key, in its order. */
export interface Plan {
  readonly terms: readonly Term[];
  readonly path: readonly string[];
  /** The complete order, ending with the key, or nothing when the caller asked for none. */
  readonly order: readonly string[];
  readonly limit: number | undefined;
}

/** Which paths may serve: while a version is being filled in bulk its secondary indexes are not there yet. */
export type Paths = 'all' | 'key-only';

/**
 * Decides whether the key or a declared index serves a query, so that no adapter ever reads a whole collection by
 * accident:
 * the fields asked for by equality (or `in`) come first in it, those asked for by range follow at once, and with a
 * limit the order goes on from there.
 * A query without conditions and order asks for the whole collection and is taken at its word.
 * @throws QueryNotServed when nothing serves it; TypeError when a value has not its field's type.
 */
export function planFind(spec: CollectionSpec, query: Query, paths: Paths = 'all'): Plan {
  const terms = termsOf(spec, query.where ?? {});
  const orderBy = query.orderBy ?? [];
  for (const field of orderBy) fieldType(spec, field);
  if (query.limit !== undefined && (!Number.isSafeInteger(query.limit) || query.limit < 0))
    throw new TypeError('a limit is a whole number, 0 or more');
  if (query.limit !== undefined && orderBy.length === 0) throw new QueryNotServed(spec.name, 'a limit needs an order');
  const path = pathsOf(spec, paths).find(
    (candidate) => narrows(candidate, terms) && (query.limit === undefined || ordersBy(candidate, terms, orderBy)),
  );
  if (!path) throw new QueryNotServed(spec.name, describe(terms, orderBy, query.limit));
  const order = orderBy.length === 0 ? [] : indexWithKey(spec, orderBy);
  return { terms, path, order, limit: query.limit };
}

/** As {@link planFind}, for the rows that a delete names. A delete without conditions empties the collection. */
export function planDelete(spec: CollectionSpec, where: Where, paths: Paths = 'all'): Plan {
  return planFind(spec, { where }, paths);
}

/**
 * As {@link planFind}, for a count: it may also scan one whole index or key that holds every field it needs,
 * which is one pass over small entries and no row.
 */
export function planCount(spec: CollectionSpec, fields: readonly string[], where: Where, paths: Paths = 'all'): Plan {
  const terms = termsOf(spec, where);
  for (const field of fields) fieldType(spec, field);
  const needed = [...fields, ...terms.map((term) => term.field)];
  const candidates = pathsOf(spec, paths);
  const path =
    candidates.find((candidate) => narrows(candidate, terms) && needed.every((field) => candidate.includes(field))) ??
    candidates.find((candidate) => terms.length > 0 && narrows(candidate, terms)) ??
    candidates.find((candidate) => needed.every((field) => candidate.includes(field)));
  if (!path) throw new QueryNotServed(spec.name, describe(terms, fields, undefined));
  return { terms, path, order: [], limit: undefined };
}

function pathsOf(spec: CollectionSpec, paths: Paths): (readonly string[])[] {
  const indexes = paths === 'key-only' ? [] : (spec.indexes ?? []);
  return [spec.key, ...indexes.map((index) => indexWithKey(spec, index))];
}

/** True when the conditions take a run of the path's first fields: equalities first, in any order, then ranges. */
function narrows(path: readonly string[], terms: readonly Term[]): boolean {
  const ranges = terms.filter((term) => term.op === 'range');
  const equalities = terms.length - ranges.length;
  const head = path.slice(0, equalities);
  const tail = path.slice(equalities, terms.length);
  return terms.every((term) => (term.op === 'range' ? tail : head).includes(term.field));
}

/** True when rows come off the path in the wanted order; a field fixed by equality orders nothing. */
function ordersBy(path: readonly string[], terms: readonly Term[], orderBy: readonly string[]): boolean {
  const fixed = new Set(terms.filter((term) => term.op === 'eq').map((term) => term.field));
  const rest = path.filter((field) => !fixed.has(field));
  return orderBy.filter((field) => !fixed.has(field)).every((field, at) => rest[at] === field);
}

function termsOf(spec: CollectionSpec, where: Where): Term[] {
  return Object.entries(where).flatMap(([field, condition]) =>
    condition === undefined ? [] : [termOf(spec, field, condition)],
  );
}

function termOf(spec: CollectionSpec, field: string, condition: Condition): Term {
  const type = fieldType(spec, field);
  const stored = (value: Value | undefined): Exclude<Value, null> => {
    const checked = toStoredValue(spec, field, type, value);
    if (checked === null) throw new TypeError(`${spec.name}.${field}: only equality may ask for null`);
    return checked;
  };
  if (condition === null || typeof condition !== 'object')
    return { field, op: 'eq', value: toStoredValue(spec, field, type, condition) };
  if (condition.in) {
    const values = [...new Set(condition.in.map((value) => stored(value)))];
    const { in: _taken, ...others } = condition;
    if (Object.keys(others).length > 0) throw new TypeError(`${spec.name}.${field}: "in" stands alone`);
    return { field, op: 'in', values };
  }
  const bounds = (['lt', 'lte', 'gt', 'gte'] as const).flatMap((than) =>
    condition[than] === undefined ? [] : [{ than, value: stored(condition[than]) }],
  );
  if (bounds.length === 0) throw new TypeError(`${spec.name}.${field}: a condition without a bound`);
  return { field, op: 'range', bounds };
}

function describe(terms: readonly Term[], fields: readonly string[], limit: number | undefined): string {
  const asked = terms.map((term) => `${term.field} (${term.op})`).join(', ') || 'nothing';
  return `no key or index serves a query by ${asked} with ${fields.join(', ') || 'no order'}${limit === undefined ? '' : ' and a limit'}`;
}
