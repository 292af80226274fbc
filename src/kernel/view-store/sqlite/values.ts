import { fieldsOf, type StoredRow } from '../collection.js';
import { uuidBytes, uuidText } from '../uuid-bytes.js';
import type { CollectionSpec, FieldType, Value } from '../view-store.js';

/** What a parameter may be, and a column may hold. */
export type SqliteValue = string | number | null | Uint8Array;

/** A stored value as SQLite keeps it: a uuid as its 16 bytes, which sort as its text does. */
export function encode(type: FieldType, value: Value): SqliteValue {
  return type === 'uuid' && typeof value === 'string' ? uuidBytes(value) : value;
}

/** The opposite of {@link encode}. */
export function decode(type: FieldType, value: SqliteValue): Value {
  if (!(value instanceof Uint8Array)) return value;
  if (type !== 'uuid') throw new TypeError('a column holds bytes that are no uuid');
  return uuidText(value);
}

/** A stored row's values in declared order, as the upsert takes them. */
export function encodeRow(spec: CollectionSpec, row: StoredRow): SqliteValue[] {
  return fieldsOf(spec).map((field) => encode(spec.fields[field] ?? 'text', row[field] ?? null));
}

/** The opposite of {@link encodeRow}, from the driver's row object. */
export function decodeRow(spec: CollectionSpec, fields: readonly string[], row: Readonly<Record<string, SqliteValue>>): Record<string, Value> {
  return Object.fromEntries(fields.map((field) => [field, decode(spec.fields[field] ?? 'integer', row[field] ?? null)]));
}
