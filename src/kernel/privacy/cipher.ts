import { createCipheriv, createDecipheriv, randomBytes, randomFillSync } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const pool = Buffer.alloc(4096);
let used = pool.length;

/** A fresh AES-256 key. */
export function newKey(): Uint8Array {
  return randomBytes(32);
}

/** Random bytes, at most 4096; drawn many at a time, because asking the generator costs more than the bytes. */
export function random(bytes: number): Uint8Array {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return Uint8Array.prototype.slice.call(pool, used - bytes, used);
}

/**
 * Encrypts and authenticates with AES-256-GCM (96-bit random IV, 128-bit tag).
 * @param associated what is authenticated with it but not stored in it; opening needs the same
 * @returns IV, ciphertext and tag, one after another
 */
export function seal(
  key: Uint8Array,
  plain: Uint8Array | string,
  associated: string,
  iv: Uint8Array = random(IV_BYTES),
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(associated, 'utf8'));
  const text = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  cipher.final();
  return Buffer.concat([iv, text, cipher.getAuthTag()]);
}

/**
 * Opens what {@link seal} made.
 * @returns undefined when it was not sealed with this key and these associated data, or was changed since
 */
export function unseal(key: Uint8Array, sealed: Uint8Array, associated: string): Buffer | undefined {
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(associated, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}
