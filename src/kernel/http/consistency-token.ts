import { createHash } from 'node:crypto';

const REGISTER_BYTES = 8;

/**
 * What a command answers and a later read hands back, also to another process, so that the read sees what the command
 * did. Opaque to callers, and good for this register alone: positions mean something only inside one log.
 */
export function consistencyToken(register: string, position: bigint): string {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(position);
  return Buffer.concat([markOf(register), place]).toString('base64url');
}

/** The position that a token stands for; undefined for what is no token of this register. */
export function positionOfToken(register: string, token: string): bigint | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== REGISTER_BYTES + 8 || bytes.toString('base64url') !== token) return undefined;
  return bytes.subarray(0, REGISTER_BYTES).equals(markOf(register)) ? bytes.readBigUInt64BE(REGISTER_BYTES) : undefined;
}

function markOf(register: string): Buffer {
  return createHash('sha256').update(`fok:consistency:v1\0${register}`).digest().subarray(0, REGISTER_BYTES);
}
