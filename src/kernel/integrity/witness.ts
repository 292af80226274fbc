import { fromHex } from './checkpoint.js';
import { isConsistent, same } from './merkle.js';
import { KEY_TYPE, keyHash, readNote, type SignedNote } from './signed-note.js';
import type { PublicKey } from './signing-key.js';

/** A log that a witness takes: what it is called, and the key that it signs with. */
export interface WitnessedLog {
  readonly origin: string;
  readonly key: PublicKey;
}

/** The last checkpoint that a witness cosigned of a log. */
export interface Witnessed {
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** As the log signed it. */
  readonly note: string;
}

/** What a log asks of a witness: a checkpoint, and the proof that it continues the one that was cosigned last. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  readonly note: string;
}

/**
 * What a witness answers, in the terms of C2SP tlog-witness (https://c2sp.org/tlog-witness):
 * - `COSIGN`: it goes on from the last one, or is the last one
 * - `BAD_REQUEST`: it is no checkpoint, or its proof is of more than it has
 * - `UNKNOWN_LOG`, `NOT_SIGNED`: nobody said that this log is to be taken; it is not signed with the key that was named
 * - `OTHER_SIZE`: the proof is not from the last one; `size` is that
 * - `ROLLED_BACK`: it is shorter than the last one, signed all the same. `FORKED`: another root over as many events
 * - `NOT_CONTINUED`: the proof does not show that it continues the last one
 */
export type WitnessAnswer =
  | { readonly kind: 'COSIGN'; readonly next: Witnessed }
  | { readonly kind: 'BAD_REQUEST' | 'UNKNOWN_LOG' | 'NOT_SIGNED' }
  | { readonly kind: 'OTHER_SIZE' | 'ROLLED_BACK' | 'FORKED' | 'NOT_CONTINUED'; readonly size: number };

/** Answers that are kept with both notes: the log said one thing once, and another now. */
export function isContradiction({ kind }: WitnessAnswer): boolean {
  return kind === 'ROLLED_BACK' || kind === 'FORKED' || kind === 'NOT_CONTINUED';
}

const PROOF_LINES = 63;

/**
 * Reads what a log posts: `old N`, a line a hash, an empty line, the checkpoint.
 * @returns undefined when it is nothing of that kind
 */
export function readAddCheckpoint(body: string): AddCheckpoint | undefined {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const [, old] = /^old (0|[1-9]\d{0,15})$/.exec(first) ?? [];
  if (end < 0 || old === undefined || lines.length > PROOF_LINES) return undefined;
  const proof = lines.map((line) => Buffer.from(line, 'base64'));
  if (proof.some((hash, index) => hash.length !== 32 || hash.toString('base64') !== lines[index])) return undefined;
  return { oldSize: Number(old), proof: proof.map((hash) => Uint8Array.from(hash)), note: body.slice(end + 2) };
}

/** What a log posts to a witness. */
export function writeAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  const hashes = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('');
  return `old ${oldSize}\n${hashes}\n${note}`;
}

/** The origin that a note names, before anything of it is believed. */
export function originOfNote(note: string): string | undefined {
  return readNote(note)?.text.split('\n')[0];
}

/**
 * Decides on a checkpoint.
 * @param log the log of that origin, undefined when nobody said that it is to be taken
 * @param last what was cosigned of it last
 */
export function decideWitness(
  { oldSize, proof, note }: AddCheckpoint,
  log: WitnessedLog | undefined,
  last: Witnessed | undefined,
): WitnessAnswer {
  const read = readNote(note);
  const head = read && readHead(read);
  if (!read || !head) return { kind: 'BAD_REQUEST' };
  if (!log || log.origin !== head.origin) return { kind: 'UNKNOWN_LOG' };
  if (!isSignedBy(read, log)) return { kind: 'NOT_SIGNED' };
  if (oldSize > head.size) return { kind: 'BAD_REQUEST' };
  const before = last?.size ?? 0;
  const next: Witnessed = { size: head.size, root: head.root, note };
  if (last && head.size < last.size) return { kind: 'ROLLED_BACK', size: before };
  if (last && head.size === last.size && head.root !== last.root) return { kind: 'FORKED', size: before };
  if (oldSize !== before) return { kind: 'OTHER_SIZE', size: before };
  if (!last) return proof.length === 0 ? { kind: 'COSIGN', next } : { kind: 'BAD_REQUEST' };
  const continued = isConsistent(last.size, fromHex(last.root), head.size, fromHex(head.root), proof);
  return continued ? { kind: 'COSIGN', next } : { kind: 'NOT_CONTINUED', size: before };
}

interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** Origin, size and root; what a log adds after them is its own affair. */
function readHead({ text }: SignedNote): Head | undefined {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size)) return undefined;
  if (bytes.length !== 32 || bytes.toString('base64') !== root) return undefined;
  return { origin, size: Number(size), root: bytes.toString('hex') };
}

function isSignedBy({ text, signatures }: SignedNote, { origin, key }: WitnessedLog): boolean {
  const hashed = keyHash(origin, KEY_TYPE.ed25519, key.bytes);
  const own = signatures.filter((one) => one.name === origin && same(one.keyHash, hashed));
  return own.some(({ bytes }) => key.verifies(Buffer.from(text, 'utf8'), Buffer.from(bytes).toString('base64')));
}
