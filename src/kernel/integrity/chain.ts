import { createHash } from 'node:crypto';

/** What the first event of a stream is chained to: 32 zero bytes. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

const DOMAIN = Buffer.from('fok:chain:v1\0', 'latin1');

/**
 * The chain of a stream up to and including an event: SHA-256 of a domain tag, the chain before it and the event's exact stored bytes.
 * @param previous the hash of the event before it in its stream, {@link CHAIN_START} for the first; 32 bytes
 */
export function chainHash(previous: Uint8Array, body: Uint8Array): Uint8Array {
  return createHash('sha256').update(DOMAIN).update(previous).update(body).digest();
}
