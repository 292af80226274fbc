import { Int32, Long, ObjectId, type Document } from 'bson';
import { notServed } from './errors.js';
import { keyText, plainOf } from './values.js';

/** True for `{$set: …}`, false for a whole document. */
export function isOperators(update: Document): boolean {
  return Object.keys(update).some((name) => name.startsWith('$'));
}

/** The document after an update, types kept. @throws CommandError for an operator that the double does not serve. */
export function updated(before: Document, update: Document, inserting = false): Document {
  if (!isOperators(update)) return { _id: before['_id'] as unknown, ...update };
  const after = structuredCopy(before);
  for (const [operator, changes] of Object.entries(update)) {
    for (const [path, value] of Object.entries(changes as Document)) apply(after, operator, path, value, inserting);
  }
  return after;
}

/** The document that an upsert makes: the equalities of its filter, then the update. */
export function upserted(filter: Document, update: Document): Document {
  const equalities = Object.entries(filter).filter(
    ([name, condition]) => !name.startsWith('$') && !isCondition(condition),
  );
  const base = Object.fromEntries(equalities);
  return updated({ ...base, _id: (base['_id'] ?? new ObjectId()) as unknown }, update, true);
}

function apply(document: Document, operator: string, path: string, value: unknown, inserting: boolean): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let target = document;
  for (const name of names) target = (target[name] ??= {}) as Document;
  switch (operator) {
    case '$setOnInsert':
      if (inserting) target[last] = value;
      return;
    case '$set':
      target[last] = value;
      return;
    case '$unset':
      delete target[last];
      return;
    case '$inc':
      target[last] = sum(target[last], value);
      return;
    case '$addToSet':
      for (const added of eachOf(value))
        if (!listAt(target, last).some((one) => same(one, added))) target[last] = [...listAt(target, last), added];
      return;
    case '$pullAll':
      if (target[last] !== undefined)
        target[last] = listAt(target, last).filter((one) => !(value as unknown[]).some((other) => same(one, other)));
      return;
    case '$pull':
      if (target[last] !== undefined) target[last] = listAt(target, last).filter((one) => !same(one, value));
      return;
    default:
      throw notServed(`the update operator ${operator}`);
  }
}

function sum(one: unknown, other: unknown): Long | Int32 {
  const total = Number(plainOf(one ?? new Int32(0))) + Number(plainOf(other));
  return one instanceof Long || other instanceof Long ? Long.fromNumber(total) : new Int32(total);
}

const same = (one: unknown, other: unknown): boolean => keyText(plainOf(one)) === keyText(plainOf(other));
const eachOf = (value: unknown): unknown[] =>
  isPlainObject(value) && Array.isArray(value['$each']) ? (value['$each'] as unknown[]) : [value];
const listAt = (target: Document, name: string): unknown[] =>
  Array.isArray(target[name]) ? (target[name] as unknown[]) : [];
const isCondition = (condition: unknown): boolean =>
  typeof condition === 'object' && condition !== null && Object.keys(condition).some((name) => name.startsWith('$'));

/** A copy down to the values, which are never changed in place. */
function structuredCopy(document: Document): Document {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      isPlainObject(value) ? structuredCopy(value) : Array.isArray(value) ? [...(value as unknown[])] : value,
    ]),
  );
}

function isPlainObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.getPrototypeOf({});
}
