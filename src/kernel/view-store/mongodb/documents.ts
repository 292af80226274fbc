import { Binary, Long, type Document } from 'mongodb';
import type { StoredRow } from '../collection.js';
import { uuidBytes, uuidText } from '../uuid-bytes.js';
import type { CollectionSpec, FieldType, Value } from '../view-store.js';

/**
 * In every row's document: the number of the write that put it there, which keeps a late command from undoing a newer
 * one.
 */
export const WRITTEN = '_w';

/**
 * What a document holds a stored value as: uuids as binary subtype 4, whole numbers beyond 32 bits as 64-bit ones,
 * never as doubles.
 */
export type BsonValue = string | number | null | Binary | Long;

const fitsInt32 = (value: number): boolean => (value | 0) === value;

/** A stored value as the document has it. */
export function encode(type: FieldType, value: Value): BsonValue {
  if (type === 'uuid' && typeof value === 'string') return new Binary(uuidBytes(value), Binary.SUBTYPE_UUID);
  if (typeof value === 'number' && !fitsInt32(value)) return Long.fromNumber(value);
  return value;
}

/** The opposite of {@link encode}; a field that is not there is null. */
export function decode(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (value instanceof Binary) return uuidText(value.buffer.subarray(0, value.position));
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || value instanceof Long) return Number(value);
  throw new TypeError('a document holds a value that no row has');
}

/** A key of one field is the document's `_id`; one of several stays as fields, with a unique index over them. */
export function pathOf(spec: CollectionSpec, field: string): string {
  return spec.key.length === 1 && spec.key[0] === field ? '_id' : field;
}

/** The paths that together name one document. */
export function keyPaths(spec: CollectionSpec): string[] {
  return spec.key.map((field) => pathOf(spec, field));
}

/** A row's document, without the number of its write. */
export function toDocument(spec: CollectionSpec, row: StoredRow): Document {
  return Object.fromEntries(
    Object.entries(spec.fields).map(([field, type]) => [pathOf(spec, field), encode(type, row[field] ?? null)]),
  );
}

/** The opposite of {@link toDocument}. */
export function toStoredRow(spec: CollectionSpec, document: Document): StoredRow {
  return Object.fromEntries(Object.keys(spec.fields).map((field) => [field, decode(document[pathOf(spec, field)])]));
}
