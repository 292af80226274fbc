import type { StoredRecord } from '../event-store.js';

/** A row of the log, joined with its stream's name, with integers as bigint. */
export interface EventRow {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  readonly recordedAt: string;
  /** Id (16 bytes), hash (32 bytes) and body. */
  readonly bytes: Uint8Array;
}

/**
 * The columns of an EventRow, `events` being called e and `streams` s. What is bytes comes in one piece: each piece is memory of its
 * own outside the heap, and three of them a row cost more than reading the row.
 */
export const EVENT_COLUMNS =
  'e.position, s.name AS stream, e.revision, e.type, e.recorded_at AS recordedAt, CAST(e.id || e.hash || e.body AS BLOB) AS bytes';

const UUID_BYTES = 16;
const HASH_AT = UUID_BYTES;
const BODY_AT = 48;

export function toRecord({ position, stream, revision, type, recordedAt, bytes }: EventRow): StoredRecord {
  return {
    position,
    stream,
    revision,
    id: toUuid(bytes),
    type,
    recordedAt,
    body: bytes.subarray(BODY_AT),
    // A copy: hashes are kept where bodies are not.
    hash: bytes.slice(HASH_AT, BODY_AT),
  };
}

/** A UUID's 16 bytes. */
export function toBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** The first 16 bytes as a UUID in lower case. */
export function toUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, UUID_BYTES).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
