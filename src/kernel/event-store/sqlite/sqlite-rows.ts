import type { StoredRecord } from '../event-store.js';

/** A row of the log, joined with its stream's name, with integers as bigint. */
export interface EventRow {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: Uint8Array;
  readonly type: string;
  readonly recordedAt: string;
  readonly body: Uint8Array;
  readonly hash: Uint8Array;
}

/** The columns of an EventRow, `events` being called e and `streams` s. */
export const EVENT_COLUMNS =
  'e.position, s.name AS stream, e.revision, e.id, e.type, e.recorded_at AS recordedAt, e.body, e.hash';

export function toRecord(row: EventRow): StoredRecord {
  return { ...row, id: toUuid(row.id) };
}

/** A UUID's 16 bytes. */
export function toBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** 16 bytes as a UUID in lower case. */
export function toUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
