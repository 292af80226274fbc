import { z } from 'zod';
import { canonicalJson } from '../event-sourcing/canonical-json.js';
import { type NoteForm, readPlainCheckpoint, writePlainCheckpoint } from './checkpoint-text.js';
import { isConsistent } from './merkle.js';
import { KEY_TYPE, keyHash, readNote, signatureLine, writeNote, type NoteSignature } from './signed-note.js';
import type { PublicKey, SigningKey } from './signing-key.js';

const digits = z.string().regex(/^\d+$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The form of checkpoints up to November 2026, which stay valid for ever. */
const firstForm = z.strictObject({
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

type FirstForm = z.infer<typeof firstForm>;

/** What a register vouches for at a time: this many events, this root over them. */
export type Checkpoint = FirstForm | NoteForm;

/** A checkpoint as it is kept and handed to others. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Base64. Of a note: its key's hash and the signature over its text; of the first form: over a domain tag and canonical JSON. */
  readonly signature: string;
  /** What witnesses have signed beside it, a line each. */
  readonly cosignatures?: readonly string[];
}

const signedFirstForm = z.strictObject({ checkpoint: firstForm, signature: z.string() });

/** What a register's log is called among logs: its id, and after a loss how many times it was begun anew. */
export function originOf(register: string, beginning = 1): string {
  return `fok/${register}${beginning === 1 ? '' : `/${beginning}`}`;
}

/** The name by which a checkpoint's log is known, whatever the form. */
export function originIn(checkpoint: Checkpoint): string {
  return checkpoint.v === 1 ? originOf(checkpoint.register) : checkpoint.origin;
}

/** Signs a checkpoint as a note. */
export function signCheckpoint(checkpoint: NoteForm, key: SigningKey): SignedCheckpoint {
  const signed = Buffer.from(key.sign(Buffer.from(writePlainCheckpoint(checkpoint), 'utf8')), 'base64');
  const hashed = keyHash(checkpoint.origin, KEY_TYPE.ed25519, key.publicKey.bytes);
  return { checkpoint, signature: Buffer.concat([hashed, signed]).toString('base64') };
}

/** Whether the key signed this checkpoint. */
export function isSigned({ checkpoint, signature }: SignedCheckpoint, key: PublicKey): boolean {
  if (checkpoint.keyId !== key.id) return false;
  if (checkpoint.v === 1) return key.verifies(signedBytes(checkpoint), signature);
  const { keyHash: hashed, bytes } = noteSignature(checkpoint.origin, signature);
  if (Buffer.compare(hashed, keyHash(checkpoint.origin, KEY_TYPE.ed25519, key.bytes)) !== 0) return false;
  return key.verifies(Buffer.from(writePlainCheckpoint(checkpoint), 'utf8'), Buffer.from(bytes).toString('base64'));
}

/** Whether a checkpoint's proof shows that it continues the one it names; a note names none, its tree shows it. */
export function continuesPrevious({ size, root, previous }: Checkpoint): boolean {
  if (!previous) return true;
  return isConsistent(previous.size, fromHex(previous.root), size, fromHex(root), previous.consistency.map(fromHex));
}

/** The text of a checkpoint file, with all that witnesses signed. */
export function writeCheckpoint(signed: SignedCheckpoint): string {
  const { checkpoint, signature, cosignatures = [] } = signed;
  if (checkpoint.v === 1) return canonicalJson({ checkpoint, signature });
  const own = writeNote({
    text: writePlainCheckpoint(checkpoint),
    signatures: [noteSignature(checkpoint.origin, signature)],
  });
  return `${own}${cosignatures.map((line) => `${line}\n`).join('')}`;
}

/** The text of a checkpoint file as the register alone signed it: what witnesses are given and time-stamps are made over. */
export function writeOwnCheckpoint({ checkpoint, signature }: SignedCheckpoint): string {
  return writeCheckpoint({ checkpoint, signature });
}

/** @returns undefined when the text is no signed checkpoint */
export function readCheckpoint(text: string): SignedCheckpoint | undefined {
  return text.startsWith('{') ? readFirstForm(text) : readNoteForm(text);
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

export function fromHex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

function readFirstForm(text: string): SignedCheckpoint | undefined {
  try {
    const read = signedFirstForm.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function readNoteForm(text: string): SignedCheckpoint | undefined {
  const note = readNote(text);
  const checkpoint = note && readPlainCheckpoint(note.text);
  if (!note || !checkpoint) return undefined;
  const own = note.signatures.find(({ name }) => name === checkpoint.origin);
  if (!own) return undefined;
  const cosignatures = note.signatures.filter((signature) => signature !== own).map(signatureLine);
  return {
    checkpoint,
    signature: Buffer.concat([own.keyHash, own.bytes]).toString('base64'),
    ...(cosignatures.length === 0 ? {} : { cosignatures }),
  };
}

function noteSignature(name: string, signature: string): NoteSignature {
  const bytes = Buffer.from(signature, 'base64');
  return { name, keyHash: Uint8Array.from(bytes.subarray(0, 4)), bytes: Uint8Array.from(bytes.subarray(4)) };
}

function signedBytes(checkpoint: FirstForm): Buffer {
  return Buffer.from(`fok:checkpoint:v1\0${canonicalJson(checkpoint)}`, 'utf8');
}
