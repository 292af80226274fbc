import { z } from 'zod';
import { civilDate, IMPOSSIBLE_DATE, instant, text } from '../kernel/event-sourcing/field-schemas.js';
import type { Actor } from '../kernel/event-sourcing/envelope.js';
import { faultOfJson, MAX_DEPTH } from '../kernel/json-text.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { Reject } from './reject.js';

/** A line of a history file whose envelope is right; its data is not looked at yet. */
export interface HistoryLine {
  readonly ref: string;
  readonly type: string;
  readonly stream: string;
  readonly effectiveOn: string;
  readonly documentedAt?: string | undefined;
  readonly lateReason?: string | undefined;
  readonly actor: Actor;
  readonly data: Record<string, unknown>;
}

const STREAM = /^([A-Za-z]+)-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

const envelope = z.strictObject({
  ref: text,
  type: z.string(),
  stream: z.string(),
  effectiveOn: civilDate,
  documentedAt: instant.optional(),
  lateReason: text.optional(),
  actor: z.strictObject({ id: text, role: text, unit: z.guid().toLowerCase().optional(), onBehalfOf: text.optional() }),
  data: z.record(z.string(), z.unknown()),
});

const LONE_SURROGATE = /\p{Surrogate}/u;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the envelope of one line.
 * @throws Reject NOT_JSON, TOO_DEEP, INVALID for a member named twice, then UNKNOWN_TYPE, WRONG_STREAM, INVALID or IMPOSSIBLE_DATE, in this order
 */
export function parseHistoryLine(bytes: Uint8Array): HistoryLine {
  const json = textOf(bytes);
  const line = parseObject(json);
  checkJson(json);
  const { type, stream } = line;
  if (typeof type === 'string') checkTypeAndStream(type, stream);
  const parsed = envelope.safeParse(line);
  if (!parsed.success) throw rejectOf(parsed.error, '');
  // The schema library passes over this name, as it stands for the prototype; in JSON it is a field like any other, and
  // unknown.
  const escaped = json.includes('\\u');
  if ((escaped || json.includes('__proto__')) && hasField(line, '__proto__'))
    throw new Reject('INVALID', 'Unrecognized key: "__proto__"');
  // Only an escape can bring half a character in: the bytes are UTF-8. It could not be stored as given, and two such
  // refs would be one.
  if (escaped && hasHalfCharacter(line))
    throw new Reject('INVALID', 'holds half of a surrogate pair, which is no character');
  return { ...parsed.data, stream: normalStream(parsed.data.stream) };
}

/**
 * The ref of a line that is wrong otherwise, so that whoever mends it finds it; undefined when there is none to be
 * seen.
 */
export function refOf(bytes: Uint8Array): string | undefined {
  try {
    const { ref } = parseObject(textOf(bytes));
    return typeof ref === 'string' ? ref : undefined;
  } catch {
    return undefined;
  }
}

/** A rejection that names each field that a schema refuses, without its value. */
export function rejectOf(error: z.ZodError, prefix: string): Reject {
  const dates = error.issues.every((issue) => issue.code === 'custom' && issue.params?.['code'] === IMPOSSIBLE_DATE);
  const reasons = error.issues.map(
    (issue) => `${[prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.')}: ${explain(issue)}`,
  );
  return new Reject(dates ? 'IMPOSSIBLE_DATE' : 'INVALID', [...new Set(reasons)].join('; ').slice(0, 2_000));
}

// Zod's messages may repeat what was given (an unknown key is a name, not a value; an enum lists only what is allowed).
function explain(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_union' ? 'has none of the allowed forms' : issue.message;
}

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Reject('NOT_JSON', 'is no UTF-8 JSON object');
  }
}

function parseObject(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Reject('NOT_JSON', 'is no UTF-8 JSON object');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Reject('NOT_JSON', 'is JSON but no object');
  return value as Record<string, unknown>;
}

// Of two members of one name JSON.parse keeps the last: what would be recorded is not what was sent.
function checkJson(json: string): void {
  const fault = faultOfJson(json, { depth: MAX_DEPTH });
  if (fault?.kind === 'DUPLICATE') throw new Reject('INVALID', `${fault.path.map(partOf).join('.')}: stands twice`);
  if (fault) throw new Reject('TOO_DEEP', `is nested more than ${MAX_DEPTH} deep`);
}

// A name that no field has is shown as it would be written, cut where it is too long to be one.
function partOf(part: string | number): string {
  return /^\w{1,40}$/.test(String(part)) ? String(part) : JSON.stringify(String(part).slice(0, 40));
}

function hasField(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    (!Array.isArray(value) && Object.hasOwn(value, name)) || Object.values(value).some((inner) => hasField(inner, name))
  );
}

function hasHalfCharacter(value: unknown): boolean {
  if (typeof value === 'string') return LONE_SURROGATE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => LONE_SURROGATE.test(key) || hasHalfCharacter(inner));
}

function checkTypeAndStream(type: string, stream: unknown): void {
  const known = eventCatalogue.get(type);
  if (!known?.importable) throw new Reject('UNKNOWN_TYPE', 'the type is not one of the register');
  if (typeof stream !== 'string') return;
  const category = STREAM.exec(stream)?.[1];
  if (category === undefined || !eventCatalogue.categories.includes(category))
    throw new Reject('WRONG_STREAM', 'the name of the stream is no <category>-<uuid>');
  if (known.categories && !known.categories.includes(category))
    throw new Reject('WRONG_STREAM', `${type} belongs on ${known.categories.join(', ')} streams`);
}

function normalStream(stream: string): string {
  const dash = stream.indexOf('-');
  return stream.slice(0, dash) + stream.slice(dash).toLowerCase();
}
