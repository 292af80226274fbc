import type { Actor, Origin } from './envelope.js';
import { canonicalJson, quote } from './canonical-json.js';

/** The version of the log's format: of this page, not of an event type. A program refuses bodies with a higher one. */
export const LOG_FORMAT = 1;

/**
 * An event as it is stored: canonical JSON (RFC 8785) in UTF-8, these fields in alphabetical order.
 * docs/reference/byte-format.md explains it.
 */
export interface StoredBody {
  readonly actor: Actor;
  readonly causationId?: string;
  readonly commandId?: string;
  /**
   * SHA-256, base64, of the sealed values and a random number sealed with them: who is shown both can check that they
   * are what was recorded.
   */
  readonly commitment?: string;
  readonly controller?: string;
  /** For a correction with data: the type and version it corrects, then of the entry that one corrects, and so on. */
  readonly correctedTypes?: readonly TypeVersion[];
  readonly correlationId?: string;
  /** The data; `null` where a value is sealed. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly documentedAt?: string;
  readonly effectiveOn: string;
  readonly id: string;
  /** Present when there is a reason; it is the last of the sealed values. */
  readonly lateReason?: null;
  readonly origin?: Origin;
  readonly recordedAt: string;
  /** On the log's first event: the register's id, which the key store carries too. */
  readonly register?: string;
  /** The revision in its stream, digits. */
  readonly revision: string;
  readonly schemaVersion: number;
  /** Base64 of IV (12 bytes), ciphertext and tag (16 bytes). */
  readonly sealed?: string;
  readonly stream: string;
  readonly subject?: string;
  readonly type: string;
  readonly v: typeof LOG_FORMAT;
}

export interface TypeVersion {
  readonly schemaVersion: number;
  readonly type: string;
}

/** The exact bytes of an event, written field by field in alphabetical order. @param data the data in canonical JSON */
export function writeBody(body: Omit<StoredBody, 'data' | 'v'>, data: string): Buffer {
  const json =
    `{"actor":${canonicalJson(body.actor)}` +
    text('causationId', body.causationId) +
    text('commandId', body.commandId) +
    text('commitment', body.commitment) +
    text('controller', body.controller) +
    (body.correctedTypes === undefined ? '' : `,"correctedTypes":${canonicalJson(body.correctedTypes)}`) +
    text('correlationId', body.correlationId) +
    `,"data":${data}` +
    text('documentedAt', body.documentedAt) +
    text('effectiveOn', body.effectiveOn) +
    text('id', body.id) +
    (body.lateReason === undefined ? '' : ',"lateReason":null') +
    (body.origin === undefined ? '' : `,"origin":${canonicalJson(body.origin)}`) +
    text('recordedAt', body.recordedAt) +
    text('register', body.register) +
    text('revision', body.revision) +
    `,"schemaVersion":${body.schemaVersion}` +
    text('sealed', body.sealed) +
    text('stream', body.stream) +
    text('subject', body.subject) +
    text('type', body.type) +
    `,"v":${LOG_FORMAT}}`;
  return Buffer.from(json, 'utf8');
}

function text(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${quote(value)}`;
}

/** @returns the body, or what is wrong with the bytes */
export function readBody(bytes: Uint8Array): StoredBody | string {
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return 'its bytes are no JSON';
  }
  return checkBody(body);
}

/** @returns what was parsed as a body, or what is wrong with it */
export function checkBody(body: unknown): StoredBody | string {
  if (!isObject(body)) return 'its bytes are no JSON object';
  if (typeof body['v'] === 'number' && body['v'] > LOG_FORMAT)
    return `it has log format ${body['v']}, this program knows ${LOG_FORMAT}: use a newer program`;
  if (body['v'] !== LOG_FORMAT) return 'it names no log format';
  const wrong = wrongField(body);
  return wrong === undefined ? (body as unknown as StoredBody) : `its field ${wrong} is not as it must be`;
}

const texts = ['effectiveOn', 'id', 'recordedAt', 'revision', 'stream', 'type'] as const;
const optionalTexts = [
  'causationId',
  'commandId',
  'commitment',
  'controller',
  'correlationId',
  'documentedAt',
  'register',
  'sealed',
  'subject',
] as const;

function wrongField(body: Record<string, unknown>): string | undefined {
  for (const name of texts) if (typeof body[name] !== 'string') return name;
  for (const name of optionalTexts) if (body[name] !== undefined && typeof body[name] !== 'string') return name;
  if (!isObject(body['actor']) || typeof body['actor']['id'] !== 'string' || typeof body['actor']['role'] !== 'string')
    return 'actor';
  if (!isObject(body['data'])) return 'data';
  if (!Number.isInteger(body['schemaVersion'])) return 'schemaVersion';
  if (body['lateReason'] !== undefined && body['lateReason'] !== null) return 'lateReason';
  if (body['origin'] !== undefined && !isObject(body['origin'])) return 'origin';
  if (body['correctedTypes'] !== undefined && !isTypeVersions(body['correctedTypes'])) return 'correctedTypes';
  return undefined;
}

function isTypeVersions(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => isObject(item) && typeof item['type'] === 'string' && Number.isInteger(item['schemaVersion']))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
