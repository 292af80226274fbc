import { hash } from 'node:crypto';

/**
 * Signed notes as the transparency logs of the field write them (C2SP signed-note): a text, an empty line, and a signature a line.
 * https://c2sp.org/signed-note
 */
export interface SignedNote {
  /** All that is signed, its last line break included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  /** What the key is called. */
  readonly name: string;
  /** Four bytes that tell keys of one name apart, as {@link keyHash} gives them. */
  readonly keyHash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What a key signs with, as the format numbers it: plain Ed25519, or a witness's cosignature with its time. */
export const KEY_TYPE = { ed25519: 1, cosignature: 4 } as const;

export type KeyType = (typeof KEY_TYPE)[keyof typeof KEY_TYPE];

const HASH_BYTES = 4;
/** More signatures than any log of the field carries: a note is read before anybody is trusted. */
const MOST_SIGNATURES = 100;
const MOST_BYTES = 1_000_000;
const LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key): what a signature says which key it is by. */
export function keyHash(name: string, type: KeyType, key: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Uint8Array.of(type), key]), 'buffer').subarray(
    0,
    HASH_BYTES,
  );
}

/** One signature's line, without its line break. */
export function signatureLine({ name, keyHash: key, bytes }: NoteSignature): string {
  return `\u2014 ${name} ${Buffer.concat([key, bytes]).toString('base64')}`;
}

/** @returns undefined when the line is no signature */
export function readSignatureLine(line: string): NoteSignature | undefined {
  const [, name, encoded] = LINE.exec(line) ?? [];
  if (name === undefined || encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded || bytes.length <= HASH_BYTES) return undefined;
  return {
    name,
    keyHash: Uint8Array.from(bytes.subarray(0, HASH_BYTES)),
    bytes: Uint8Array.from(bytes.subarray(HASH_BYTES)),
  };
}

/** The whole of a note. @param text ends with a line break */
export function writeNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map((signature) => `${signatureLine(signature)}\n`).join('')}`;
}

/** @returns undefined when it is no signed note */
export function readNote(note: string): SignedNote | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || note.length > MOST_BYTES || !note.endsWith('\n') || hasControls(note)) return undefined;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return undefined;
  const signatures = lines.map(readSignatureLine);
  if (signatures.some((signature) => signature === undefined)) return undefined;
  return { text: note.slice(0, end + 1), signatures: signatures.filter((signature) => signature !== undefined) };
}

/** No control character but the line break may stand in a note. */
function hasControls(note: string): boolean {
  for (let at = 0; at < note.length; at++) {
    const code = note.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) return true;
  }
  return false;
}
