import { BSON, Binary, Double, Int32, Long, ObjectId, Timestamp, type Document } from 'bson';

/**
 * A stored document: as it came over the wire, every type kept, and in the plain form that questions are answered on.
 */
export interface Stored {
  readonly typed: Document;
  readonly plain: Document;
}

const UUID_MARK = '\u00ff';
const OBJECT_ID_MARK = '\u00fe';

export function store(typed: Document): Stored {
  return { typed, plain: plainOf(typed) as Document };
}

export function parse(bytes: Uint8Array): Document {
  return BSON.deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false });
}

/**
 * Values as mingo can compare them: numbers as numbers (beyond 2^53 as bigint), text as its UTF-8 bytes (one character
 * each), because MongoDB orders text by bytes and JavaScript does not, binaries and ids as marked text, which orders by
 * bytes as well.
 */
export function plainOf(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('latin1');
  if (value instanceof Int32 || value instanceof Double) return value.valueOf();
  if (value instanceof Long) return numberOf(value.toBigInt());
  if (typeof value === 'bigint') return numberOf(value);
  if (value instanceof Binary) return `${UUID_MARK}${value.toString('hex')}`;
  if (value instanceof ObjectId) return `${OBJECT_ID_MARK}${value.toHexString()}`;
  if (Array.isArray(value)) return value.map(plainOf);
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Timestamp) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainOf(inner)]));
}

/**
 * The opposite of {@link plainOf}, for values that a question made; types that look alike come back as the most likely
 * one.
 */
export function typedOf(plain: unknown): unknown {
  if (typeof plain === 'string') {
    if (plain.startsWith(UUID_MARK)) return new Binary(Buffer.from(plain.slice(1), 'hex'), Binary.SUBTYPE_UUID);
    if (plain.startsWith(OBJECT_ID_MARK)) return new ObjectId(plain.slice(1));
    return Buffer.from(plain, 'latin1').toString('utf8');
  }
  if (typeof plain === 'number')
    return Number.isInteger(plain) && (plain | 0) !== plain ? Long.fromNumber(plain) : plain;
  if (Array.isArray(plain)) return plain.map(typedOf);
  if (plain === null || typeof plain !== 'object' || plain instanceof Date) return plain;
  return Object.fromEntries(Object.entries(plain).map(([name, inner]) => [name, typedOf(inner)]));
}

/** Tells values apart as a unique index does. */
export function keyText(plain: unknown): string {
  return JSON.stringify(plain, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? 'null';
}

function numberOf(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
