import type { Document, IndexDescription } from 'mongodb';
import { indexWithKey } from '../collection.js';
import type { Plan, Term } from '../query-plan.js';
import type { CollectionSpec } from '../view-store.js';
import { encode, keyPaths, pathOf } from './documents.js';

const KEY_INDEX = 'key';

/** The index that holds the key together: MongoDB's own for `_id`, or a unique one over several fields. */
export function keyIndex(spec: CollectionSpec): IndexDescription | undefined {
  return spec.key.length === 1 ? undefined : { name: KEY_INDEX, key: rising(keyPaths(spec)), unique: true };
}

/** The declared indexes, each followed by the key. */
export function secondaryIndexes(spec: CollectionSpec): IndexDescription[] {
  return (spec.indexes ?? []).map((index) => ({
    name: indexName(index),
    key: rising(indexWithKey(spec, index).map((field) => pathOf(spec, field))),
  }));
}

export function indexName(index: readonly string[]): string {
  return `by ${index.join(', ')}`;
}

/**
 * The index that a plan goes by, given to the server as a hint: a server without that index refuses the query
 * instead of reading the whole collection.
 */
export function hintOf(spec: CollectionSpec, plan: Plan): string {
  if (plan.path === spec.key) return spec.key.length === 1 ? '_id_' : KEY_INDEX;
  const index = (spec.indexes ?? []).find((candidate) => indexWithKey(spec, candidate).join() === plan.path.join());
  return index ? indexName(index) : '_id_';
}

/** The conditions as a filter. */
export function filterOf(spec: CollectionSpec, terms: readonly Term[]): Document {
  return Object.fromEntries(terms.map((term) => [pathOf(spec, term.field), conditionOf(spec, term)]));
}

function conditionOf(spec: CollectionSpec, term: Term): unknown {
  const type = spec.fields[term.field] ?? 'text';
  if (term.op === 'eq') return encode(type, term.value);
  if (term.op === 'in') return { $in: term.values.map((value) => encode(type, value)) };
  return Object.fromEntries(term.bounds.map((bound) => [`$${bound.than}`, encode(type, bound.value)]));
}

export function sortOf(spec: CollectionSpec, plan: Plan): Record<string, 1> {
  return rising(plan.order.map((field) => pathOf(spec, field)));
}

/** Groups by the fields and counts. */
export function countPipeline(spec: CollectionSpec, fields: readonly string[], filter: Document): Document[] {
  const group =
    fields.length === 0 ? null : Object.fromEntries(fields.map((field) => [field, `$${pathOf(spec, field)}`]));
  return [{ $match: filter }, { $group: { _id: group, count: { $sum: 1 } } }];
}

function rising(paths: readonly string[]): Record<string, 1> {
  return Object.fromEntries(paths.map((path) => [path, 1 as const]));
}
