import { toStoredValues } from '../collection.js';
import { uuidBytes, uuidText } from '../uuid-bytes.js';
import type { CollectionSpec, FieldType, Row, Value } from '../view-store.js';

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

/**
 * Turns rows of one write into their values in declared order, as the upsert takes them.
 * @throws TypeError as `toStoredValues` says
 */
export function rowEncoder(spec: CollectionSpec): (row: Row) => SqliteValue[] {
  const types = Object.values(spec.fields);
  // Rows that are written together name the same few things over and over.
  const encoded = new Map<string, SqliteValue>();
  const encodeUuid = (uuid: string): SqliteValue => {
    let bytes = encoded.get(uuid);
    if (bytes === undefined) {
      bytes = encode('uuid', uuid);
      encoded.set(uuid, bytes);
    }
    return bytes;
  };
  return (row) =>
    toStoredValues(spec, row).map((value, at) =>
      types[at] === 'uuid' && typeof value === 'string' ? encodeUuid(value) : value,
    );
}

/** The opposite of {@link rowEncoder}, from the driver's row object. */
export function decodeRow(
  spec: CollectionSpec,
  fields: readonly string[],
  row: Readonly<Record<string, SqliteValue>>,
): Record<string, Value> {
  return Object.fromEntries(
    fields.map((field) => [field, decode(spec.fields[field] ?? 'integer', row[field] ?? null)]),
  );
}
