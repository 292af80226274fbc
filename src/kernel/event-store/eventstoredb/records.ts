import {
  type AllStreamRecordedEvent,
  type EventData,
  type JSONType,
  type RecordedEvent as ServerEvent,
  binaryEvent,
  jsonEvent,
} from '@eventstore/db-client';
import { canonicalJson } from '../../event-sourcing/canonical-json.js';
import type { NewRecord, StoredRecord } from '../event-store.js';

/** What stands in an event's metadata on the server, as JSON, beside the body. */
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

/**
 * A record as an event for the server: as JSON, so that its page, projections, filters and indexes see what stands in
 * it, where reading that JSON gives the same bytes again; as the bytes they are otherwise.
 */
export function toEvent({ id, type, recordedAt, hash, body }: NewRecord, mark: string): EventData {
  const own: Metadata = { recordedAt, hash: Buffer.from(hash).toString('base64'), mark };
  const data = canonicalObject(body);
  const metadata = Buffer.from(JSON.stringify(data ? { ...own, ...systemMetadata(data) } : own));
  return data ? jsonEvent({ id, type, data, metadata }) : binaryEvent({ id, type, data: body, metadata });
}

/** Under the names that the server's own projections and tracing tools go by. Copied from the body: no evidence. */
function systemMetadata({ correlationId, causationId, schemaVersion }: JsonObject) {
  return {
    ...(typeof correlationId === 'string' && { $correlationId: correlationId }),
    ...(typeof causationId === 'string' && { $causationId: causationId }),
    ...(typeof schemaVersion === 'number' && { schemaVersion }),
  };
}

type JsonObject = Readonly<Record<string, JSONType>>;

/** The object that these bytes are the canonical JSON of; undefined when they are no such thing. */
function canonicalObject(body: Uint8Array): JsonObject | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) && bytesOf(value).equals(bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(value: JsonObject): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  const { metadata, position } = event;
  if (!isMetadata(metadata) || position === undefined) return undefined;
  const body = bodyIn(event);
  if (body === undefined) return undefined;
  return {
    id: event.id,
    type: event.type,
    recordedAt: metadata.recordedAt,
    body,
    hash: Buffer.from(metadata.hash, 'base64'),
    mark: metadata.mark,
    storedAt: event.created.getTime(),
    stream: event.streamId.slice(namespace.length),
    revision: event.revision,
    position: position.commit,
  };
}

/**
 * The server may be sent JSON in any form; what is ours was canonical, and is again. What has no canonical form (a number
 * beyond all numbers, ten thousand objects in each other) was never ours.
 */
function bodyIn({ data, isJson }: Pick<ServerEvent, 'data' | 'isJson'>): Uint8Array | undefined {
  if (data instanceof Uint8Array) return data;
  if (!isJson || !isObject(data)) return undefined;
  try {
    return bytesOf(data);
  } catch {
    return undefined;
  }
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
