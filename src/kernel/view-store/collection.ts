import type { CollectionSpec, FieldType, Row, Value } from './view-store.js';
import { JsonText, QueryNotServed, ViewStoreUnusable } from './view-store.js';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const LABEL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A value as every adapter takes and gives it: uuids in lower case, integers safe, JSON fields as their text. */
export type StoredRow = Readonly<Record<string, Value>>;

/**
 * Checks the name of a projection or version; they become file, table and collection names.
 * @throws ViewStoreUnusable when a store could not carry it.
 */
export function checkLabel(what: 'projection' | 'version', label: string): void {
  if (!LABEL.test(label))
    throw new ViewStoreUnusable(`${what} names are letters, digits, dot, dash and underscore, not "${label}"`);
}

/** Checks that collections can be built at all. @throws ViewStoreUnusable naming the first fault. */
export function checkCollections(collections: readonly CollectionSpec[]): void {
  const names = new Set<string>();
  for (const spec of collections) {
    const fault = faultOf(spec) ?? (names.has(spec.name) ? 'is declared twice' : undefined);
    if (fault) throw new ViewStoreUnusable(`collection "${spec.name}" ${fault}`);
    names.add(spec.name);
  }
}

function faultOf(spec: CollectionSpec): string | undefined {
  const bad = [spec.name, ...Object.keys(spec.fields)].find((name) => !NAME.test(name));
  if (bad !== undefined) return `uses the name "${bad}", which no store is sure to carry`;
  if (spec.fields['count']) return 'has a field "count", which is how counts are answered';
  if (spec.key.length === 0) return 'has no key';
  for (const path of [spec.key, ...(spec.indexes ?? [])]) {
    const wrong = path.find((field) => spec.fields[field] === undefined || spec.fields[field] === 'json');
    if (wrong !== undefined) return `cannot be asked for by "${wrong}"`;
    if (path.length === 0 || new Set(path).size !== path.length)
      return 'has an empty index or names a field twice in one';
  }
  return undefined;
}

/** What may not change within a version: the fields, in whatever order they are written down, and the key. */
export function layoutOf(spec: CollectionSpec): string {
  return JSON.stringify({
    fields: Object.entries(spec.fields).sort(([one], [other]) => (one < other ? -1 : 1)),
    key: spec.key,
  });
}

/** A version's collections by name, with the error for one that was not declared. */
export class Collections {
  private readonly byName: ReadonlyMap<string, CollectionSpec>;

  constructor(readonly all: readonly CollectionSpec[]) {
    checkCollections(all);
    this.byName = new Map(all.map((spec) => [spec.name, spec]));
  }

  /** @throws QueryNotServed when the version has no such collection. */
  get(name: string): CollectionSpec {
    const spec = this.byName.get(name);
    if (!spec) throw new QueryNotServed(name, 'there is no such collection');
    return spec;
  }
}

/**
 * A row in stored form: all declared fields, null where the row has none.
 * @throws TypeError when a field is unknown, of another type, or part of the key and empty.
 */
export function toStored(spec: CollectionSpec, row: Row): StoredRow {
  const values = toStoredValues(spec, row);
  return Object.fromEntries(fieldsOf(spec).map((field, at) => [field, values[at]!]));
}

/** As {@link toStored}, the values alone, in the order of the fields. */
export function toStoredValues(spec: CollectionSpec, row: Row): Value[] {
  const columns = columnsOf(spec);
  for (const field in row)
    if (spec.fields[field] === undefined) throw new TypeError(`collection ${spec.name} has no field ${field}`);
  return columns.map(({ field, type, inKey }) => {
    const value = type === 'json' ? jsonText(row[field]) : toStoredValue(spec, field, type, row[field]);
    if (inKey && value === null) throw new TypeError(`a row of ${spec.name} lacks its key field ${field}`);
    return value;
  });
}

interface Column {
  readonly field: string;
  readonly type: FieldType;
  readonly inKey: boolean;
}

/** A rebuild puts millions of rows: what a spec says of each of them is read from it once. */
const known = new WeakMap<CollectionSpec, readonly Column[]>();

function columnsOf(spec: CollectionSpec): readonly Column[] {
  let columns = known.get(spec);
  if (!columns) {
    columns = Object.entries(spec.fields).map(([field, type]) => ({ field, type, inKey: spec.key.includes(field) }));
    known.set(spec, columns);
  }
  return columns;
}

function jsonText(value: unknown): string | null {
  if (value instanceof JsonText) return value.text;
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** A row as it was put, from its stored form; a field that was never given is null. */
export function fromStored(spec: CollectionSpec, stored: StoredRow): Row {
  const row: Record<string, unknown> = {};
  for (const [field, type] of Object.entries(spec.fields)) {
    const value = stored[field] ?? null;
    row[field] = type === 'json' && typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  }
  return row;
}

/**
 * One value of a field in stored form.
 * @throws TypeError when it has not the field's type; the message never holds the value.
 */
export function toStoredValue(spec: CollectionSpec, field: string, type: FieldType, value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (type === 'uuid' && typeof value === 'string' && UUID.test(value)) return value.toLowerCase();
  if (type === 'text' && typeof value === 'string') return value;
  if (type === 'integer' && typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  throw new TypeError(`${spec.name}.${field} takes ${type}, not this ${typeof value}`);
}

/** A key in stored form. @throws TypeError when a part is missing, superfluous or of another type. */
export function toStoredKey(spec: CollectionSpec, key: readonly Value[]): Value[] {
  if (key.length !== spec.key.length)
    throw new TypeError(`a key of ${spec.name} has ${spec.key.length} parts, not ${key.length}`);
  return spec.key.map((field, at) => {
    const value = toStoredValue(spec, field, fieldType(spec, field), key[at]);
    if (value === null) throw new TypeError(`a key of ${spec.name} lacks ${field}`);
    return value;
  });
}

/**
 * The type of a declared field.
 * @throws QueryNotServed for a field that the collection has not, or that is kept as JSON.
 */
export function fieldType(spec: CollectionSpec, field: string): FieldType {
  const type = spec.fields[field];
  if (type === undefined || type === 'json') throw new QueryNotServed(spec.name, `"${field}" cannot be asked for`);
  return type;
}

/** The fields in the order in which every adapter declares, writes and reads them. */
export function fieldsOf(spec: CollectionSpec): string[] {
  return columnsOf(spec).map(({ field }) => field);
}

/** An index as stores build it: the declared fields, then the key, so that equal entries have one order everywhere. */
export function indexWithKey(spec: CollectionSpec, index: readonly string[]): string[] {
  return [...index, ...spec.key.filter((field) => !index.includes(field))];
}
