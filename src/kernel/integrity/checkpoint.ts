import { z } from 'zod';
import { canonicalJson } from '../event-sourcing/canonical-json.js';
import { isConsistent } from './merkle.js';
import type { PublicKey, SigningKey } from './signing-key.js';

const digits = z.string().regex(/^\d+$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const checkpointSchema = z.strictObject({
  v: z.literal(1),
  /** The register's id, as on the log's first event. */
  register: z.string(),
  /** So many events, in log order … */
  size: z.int().min(1),
  /** … have this root, hex. */
  root: hash,
  lastEvent: z.string(),
  lastPosition: digits,
  at: z.string(),
  keyId: z.string(),
  /** The seal before this one, and the proof (RFC 6962 §2.1.2) that its events are a beginning of these. */
  previous: z.strictObject({ size: z.int().min(1), root: hash, consistency: z.array(hash) }).optional(),
});

/** What a register vouches for at a time: this many events, this root over them. */
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** A checkpoint as it is kept and handed to others. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Ed25519 over a domain tag and the checkpoint in canonical JSON, base64. */
  readonly signature: string;
}

const signedSchema = z.strictObject({ checkpoint: checkpointSchema, signature: z.string() });

export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): SignedCheckpoint {
  return { checkpoint, signature: key.sign(signedBytes(checkpoint)) };
}

/** Whether the key signed this checkpoint. */
export function isSigned({ checkpoint, signature }: SignedCheckpoint, key: PublicKey): boolean {
  return checkpoint.keyId === key.id && key.verifies(signedBytes(checkpoint), signature);
}

/** Whether a checkpoint's proof shows that it continues the one it names. */
export function continuesPrevious({ size, root, previous }: Checkpoint): boolean {
  if (!previous) return true;
  return isConsistent(previous.size, fromHex(previous.root), size, fromHex(root), previous.consistency.map(fromHex));
}

/** The text of a checkpoint file. */
export function writeCheckpoint(signed: SignedCheckpoint): string {
  return canonicalJson(signed);
}

/** @returns undefined when the text is no signed checkpoint */
export function readCheckpoint(text: string): SignedCheckpoint | undefined {
  try {
    const read = signedSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function fromHex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

function signedBytes(checkpoint: Checkpoint): Buffer {
  return Buffer.from(`fok:checkpoint:v1\0${canonicalJson(checkpoint)}`, 'utf8');
}
