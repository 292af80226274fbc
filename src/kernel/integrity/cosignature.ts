import { KEY_TYPE, keyHash, readNote, readSignatureLine, signatureLine } from './signed-note.js';
import { PublicKey, type SigningKey } from './signing-key.js';

/** Somebody who vouches that a log was shown to them and went on from what they were shown before. */
export interface WitnessKey {
  readonly name: string;
  readonly key: PublicKey;
}

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/**
 * A witness's signature beside the log's own (C2SP tlog-cosignature, https://c2sp.org/tlog-cosignature).
 * @param note a checkpoint as the log signed it
 * @param seconds when, since 1970
 * @returns its line
 */
export function cosign(note: string, name: string, key: SigningKey, seconds: number): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = Buffer.from(key.sign(cosigned(textOf(note), seconds)), 'base64');
  const hashed = keyHash(name, KEY_TYPE.cosignature, key.publicKey.bytes);
  return signatureLine({ name, keyHash: hashed, bytes: Buffer.concat([time, signature]) });
}

/**
 * When a witness signed, in seconds since 1970.
 * @returns undefined when the line is no signature of this witness over this note
 */
export function cosignedAt(note: string, line: string, { name, key }: WitnessKey): number | undefined {
  const signature = readSignatureLine(line);
  if (signature?.name !== name || signature.bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  if (Buffer.compare(signature.keyHash, keyHash(name, KEY_TYPE.cosignature, key.bytes)) !== 0) return undefined;
  const bytes = Buffer.from(signature.bytes);
  const seconds = Number(bytes.readBigUInt64BE(0));
  const signed = bytes.subarray(TIME_BYTES).toString('base64');
  return Number.isSafeInteger(seconds) && key.verifies(cosigned(textOf(note), seconds), signed) ? seconds : undefined;
}

/** @param text a verifier's key as witnesses publish it @returns undefined when it is none, or a log's */
export function readWitnessKey(text: string): WitnessKey | undefined {
  const read = PublicKey.fromNotes(text);
  return read?.type === KEY_TYPE.cosignature ? { name: read.name, key: read.key } : undefined;
}

function cosigned(text: string, seconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8');
}

function textOf(note: string): string {
  return readNote(note)?.text ?? '';
}
