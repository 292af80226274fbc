import { hash } from 'node:crypto';

/** What the first event of a stream is chained to: 32 zero bytes. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

const DOMAIN = Buffer.from('fok:chain:v1\0', 'latin1');
const PREFIX_BYTES = DOMAIN.length + CHAIN_START.length;

/** What is hashed is put together here: one call is half the price of three. */
let room = makeRoom(64 * 1024);

/**
 * The chain of a stream up to and including an event: SHA-256 of a domain tag, the chain before it and the event's
 * exact stored bytes.
 * @param previous the hash of the event before it in its stream, {@link CHAIN_START} for the first; 32 bytes
 */
export function chainHash(previous: Uint8Array, body: Uint8Array): Uint8Array {
  const size = PREFIX_BYTES + body.length;
  if (size > room.length) room = makeRoom(size);
  room.set(previous, DOMAIN.length);
  room.set(body, PREFIX_BYTES);
  return hash('sha256', room.subarray(0, size), 'buffer');
}

function makeRoom(size: number): Buffer {
  const buffer = Buffer.alloc(size);
  DOMAIN.copy(buffer);
  return buffer;
}
