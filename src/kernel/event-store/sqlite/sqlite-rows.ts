import type { StoredRecord, StreamTexts } from '../event-store.js';

/**
 * Records as the file gives them, many in one row: what stands beside their bytes as a JSON array, and all their bytes
 * in one piece.
 */
export interface BlockRow {
  readonly records: string;
  /** Null when there are none. */
  readonly bytes: Uint8Array | null;
}

type RecordRow = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  recordedAt: string,
  size: number,
];

/**
 * So many records come in one row. What crosses from SQLite costs by the piece, and each piece of bytes is memory
 * outside the heap that the collector has to follow; one piece for many records is a third of the price. A block must
 * stay far below SQLite's largest value.
 */
export const BLOCK = 256;

/**
 * The query for a block.
 * @param from what stands behind SELECT, `events` being called e and `streams` s, with ORDER BY and LIMIT: both
 * aggregates take the rows in
 *   the order of the inner query. The casts keep a value of another type in a damaged file from spoiling the block it
 * stands in.
 */
export function selectBlock(from: string): string {
  return `
    SELECT json_group_array(json_array(position, stream, revision, id, type, recordedAt, length(bytes))) AS records, CAST(group_concat(CAST(bytes AS TEXT), '') AS BLOB) AS bytes
    FROM (
      SELECT e.position, CAST(s.name AS TEXT) AS stream, CAST(e.revision AS INTEGER) AS revision, hex(e.id) AS id, CAST(e.type AS TEXT) AS type,
        CAST(e.recorded_at AS TEXT) AS recordedAt, CAST(e.hash || e.body AS BLOB) AS bytes
      ${from})`;
}

/** A stream's bodies as one text, and the positions of the records beside it. */
export interface TextsRow extends StreamTexts {
  readonly count: bigint;
}

/**
 * The query for a stream in one piece. One text to be parsed at once costs a third of as many records as it holds.
 * @param from as with {@link selectBlock}
 */
export function selectTexts(from: string): string {
  return `
    SELECT count(*) AS count, json_group_array(position) AS positions, '[' || coalesce(group_concat(body, ','), '') || ']' AS bodies
    FROM (SELECT e.position, CAST(e.body AS TEXT) AS body ${from})`;
}

const HASH_BYTES = 32;

export function toRecords({ records, bytes }: BlockRow): StoredRecord[] {
  let end = 0;
  return (JSON.parse(records) as RecordRow[]).map(([position, stream, revision, id, type, recordedAt, size]) => {
    const start = end;
    end += size;
    return {
      position: BigInt(position),
      stream,
      revision: BigInt(revision),
      id: dashed(id.toLowerCase()),
      type,
      recordedAt,
      body: bytes!.subarray(start + HASH_BYTES, end),
      // A copy: hashes are kept where bodies are not.
      hash: Uint8Array.prototype.slice.call(bytes, start, start + HASH_BYTES),
    };
  });
}

/** A UUID's 16 bytes. */
export function toBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** 16 bytes as a UUID in lower case. */
export function toUuid(bytes: Uint8Array): string {
  return dashed(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex'));
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
