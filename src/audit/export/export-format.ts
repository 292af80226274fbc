import { z } from 'zod';
import type { StoredBody } from '../../kernel/event-sourcing/stored-body.js';

/** The files of an export. docs/reference/export-format.md explains them. */
export const ENTRIES = 'entries.ndjson';
export const TEXT = 'handelser.txt';
/** What the contacts of the person rest on: entries of employees, one a line. Only in exports of one person. */
export const STAFF_ENTRIES = 'medarbetare.ndjson';
/** How the rules judge the person's episodes, as text. Only in exports of one person. */
export const JUDGEMENT = 'bedomning.txt';
export const README = 'LAS-MIG.txt';
export const CHECKPOINT = 'checkpoint.txt';
/** What the checkpoint was called before it was a signed note. */
export const FIRST_CHECKPOINT = 'checkpoint.json';
/** The checkpoint with what witnesses signed; absent when none did. */
export const COSIGNED = 'checkpoint-cosigned.txt';
/** The key as verifiers of signed notes take it. */
export const NOTE_KEY = 'public-key.vkey';
export const PUBLIC_KEY = 'public-key.pem';
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';

/** The ZIP file's comment, and so its last bytes: this, then SHA-256 in hex over all bytes before the digits. */
export const DIGEST_PREFIX = 'fok-export-v1 sha256:';

/** The time-stamps over the checkpoint (RFC 3161, DER). @param number from 1 */
export function timeStampFile(number: number): string {
  return `tidsstampel-${number}.tsr`;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of {@link ENTRIES}. */
export const exportedEntry = z.strictObject({
  /** Its place in the log, from 0. */
  index: z.int().min(0),
  position: z.string().regex(/^\d+$/),
  /** The chain of the stream before it. */
  previous: hash,
  /** The event's exact stored bytes. */
  body: z.string(),
  /** The path from the event's leaf to the checkpoint's root. */
  proof: z.array(hash),
  /** SECRET: kept back, since a number stands in it that may not be seen any more. */
  seal: z.enum(['CLEAR', 'DESTROYED', 'DAMAGED', 'SECRET']),
  /** The sealed values, and the random number they were sealed with: together they give the commitment in the body. */
  revealed: z.strictObject({ nonce: z.string(), json: z.string() }).optional(),
  /** What the body says with the sealed values in it, to be read. */
  entry: z.record(z.string(), z.unknown()),
});

export type ExportedEntry = z.infer<typeof exportedEntry>;

/** One line of {@link STAFF_ENTRIES}. */
export const staffEntry = z.strictObject({
  staff: z.strictObject({ id: z.string(), name: z.string().nullable() }),
  event: z.string(),
  index: z.int().min(0),
  position: z.string().regex(/^\d+$/),
  /** The event's hash over the chain of its stream and its bytes, from which its leaf is made. */
  hash,
  proof: z.array(hash),
  /** Absent, all three, where the stored bytes say what is the employee's own matter. */
  previous: hash.optional(),
  body: z.string().optional(),
  entry: z.record(z.string(), z.unknown()).optional(),
});

export type StaffEntry = z.infer<typeof staffEntry>;

export const manifest = z.strictObject({
  format: z.literal('fok-export-v1'),
  register: z.string(),
  /** What the export is about, e.g. `recipient <uuid>`. */
  about: z.string(),
  createdAt: z.string(),
  keyId: z.string(),
  entries: z.int(),
  /** Every stream with the number of its entries at the checkpoint, all of which are in the export. */
  streams: z.array(z.strictObject({ stream: z.string(), entries: z.int().min(1) })),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: hash })),
});

export type Manifest = z.infer<typeof manifest>;

/** What is signed: a domain tag and the manifest's bytes. */
export function signedManifest(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('fok:export:v1\0', 'latin1'), bytes]);
}

/**
 * An entry to be read, from its stored form.
 * @param data the data with the sealed values in their places, or with null where they cannot be read
 */
export function readableEntry(
  body: StoredBody,
  data: Readonly<Record<string, unknown>>,
  lateReason: string | undefined,
): Record<string, unknown> {
  const {
    id,
    type,
    stream,
    revision,
    schemaVersion,
    effectiveOn,
    recordedAt,
    documentedAt,
    actor,
    controller,
    origin,
  } = body;
  return {
    eventId: id,
    type,
    stream,
    revision,
    schemaVersion,
    effectiveOn,
    recordedAt,
    documentedAt,
    lateReason,
    actor,
    controller,
    origin,
    data,
  };
}
