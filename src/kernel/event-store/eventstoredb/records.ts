import {
  type AllStreamRecordedEvent,
  type EventData,
  type RecordedEvent as ServerEvent,
  binaryEvent,
} from '@eventstore/db-client';
import type { NewRecord, StoredRecord } from '../event-store.js';

/** What stands in an event's metadata on the server, as JSON, beside the body, which is kept as the bytes it is. */
interface Metadata {
  readonly recordedAt: string;
  /** Base64. */
  readonly hash: string;
  /**
   * Which attempt wrote it: the server answers an append that it has already as it answers a new one, and this tells
   * them apart.
   */
  readonly mark: string;
}

/** A record as it was read, with the mark of the attempt that wrote it. */
export interface MarkedRecord extends StoredRecord {
  readonly mark: string;
  /** When the server stored it, milliseconds since 1970. */
  readonly storedAt: number;
}

/** A record as an event for the server. */
export function toEvent(record: NewRecord, mark: string): EventData {
  const metadata: Metadata = { recordedAt: record.recordedAt, hash: Buffer.from(record.hash).toString('base64'), mark };
  return binaryEvent({
    id: record.id,
    type: record.type,
    data: record.body,
    metadata: Buffer.from(JSON.stringify(metadata)),
  });
}

/**
 * An event as a record of ours; undefined when it is the server's own, lies outside the namespace, or was written into
 * one of our streams by somebody else: that is passed over here, and named by the disturbances of the log.
 */
export function toRecord(
  event: ServerEvent | AllStreamRecordedEvent | undefined,
  namespace: string,
): MarkedRecord | undefined {
  if (!event?.streamId.startsWith(namespace) || event.type.startsWith('$')) return undefined;
  const { metadata, position, data } = event;
  if (!isMetadata(metadata) || !(data instanceof Uint8Array) || position === undefined) return undefined;
  return {
    id: event.id,
    type: event.type,
    recordedAt: metadata.recordedAt,
    body: data,
    hash: Buffer.from(metadata.hash, 'base64'),
    mark: metadata.mark,
    storedAt: event.created.getTime(),
    stream: event.streamId.slice(namespace.length),
    revision: event.revision,
    position: position.commit,
  };
}

/** The record as the port knows it. */
export function withoutMark(marked: MarkedRecord): StoredRecord {
  const { id, type, recordedAt, body, hash, stream, revision, position } = marked;
  return { id, type, recordedAt, body, hash, stream, revision, position };
}

function isMetadata(metadata: unknown): metadata is Metadata {
  return (
    typeof metadata === 'object' &&
    metadata !== null &&
    'recordedAt' in metadata &&
    typeof metadata.recordedAt === 'string' &&
    'hash' in metadata &&
    typeof metadata.hash === 'string' &&
    'mark' in metadata &&
    typeof metadata.mark === 'string'
  );
}
