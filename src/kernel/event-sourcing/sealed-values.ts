import { hash } from 'node:crypto';
import { random, seal } from '../privacy/cipher.js';

const NONCE_BYTES = 16;
const COMMITMENT = Buffer.from('fok:commitment:v1\0', 'latin1');

/** The sealed values of an event as they are stored. */
export interface SealedValues {
  /** Base64 of IV, ciphertext and tag. What was encrypted is 16 random bytes and the values as a JSON array. */
  readonly ciphertext: string;
  /**
   * Base64 of SHA-256 over a domain tag and what was encrypted. Without the random bytes it says nothing about the
   * values.
   */
  readonly commitment: string;
}

export interface RevealedValues {
  /** The 16 random bytes, base64. */
  readonly nonce: string;
  /** The values in document order, as they were written. */
  readonly json: string;
  readonly values: readonly unknown[];
}

/** The random bytes of a seal. */
export interface SealRandom {
  /** 12 bytes. */
  readonly iv: Uint8Array;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
}

/** @param json the values, a JSON array. @param associated what the ciphertext is bound to */
export function sealValues(
  json: string,
  key: Uint8Array,
  associated: string,
  { iv, nonce }: SealRandom = drawRandom(),
): SealedValues {
  const plain = Buffer.concat([nonce, Buffer.from(json, 'utf8')]);
  return { ciphertext: seal(key, plain, associated, iv).toString('base64'), commitment: commitmentOf(plain) };
}

/** What was decrypted, taken apart. @returns undefined when it is not what {@link sealValues} encrypts */
export function readPlain(plain: Buffer): RevealedValues | undefined {
  const json = plain.subarray(NONCE_BYTES).toString('utf8');
  const values = parseArray(json);
  return values && { nonce: plain.subarray(0, NONCE_BYTES).toString('base64'), json, values };
}

/** Whether revealed values are those that an event's commitment stands for; for somebody who has no key. */
export function isCommittedTo(
  commitment: string | undefined,
  revealed: Pick<RevealedValues, 'nonce' | 'json'>,
): boolean {
  const nonce = Buffer.from(revealed.nonce, 'base64');
  return (
    nonce.length === NONCE_BYTES &&
    commitment === commitmentOf(Buffer.concat([nonce, Buffer.from(revealed.json, 'utf8')]))
  );
}

function parseArray(json: string): unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(json);
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}

function commitmentOf(plain: Uint8Array): string {
  return hash('sha256', Buffer.concat([COMMITMENT, plain]), 'base64');
}

function drawRandom(): SealRandom {
  return { iv: random(12), nonce: random(NONCE_BYTES) };
}
