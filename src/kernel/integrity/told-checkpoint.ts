import type { ToldCheckpoint } from '../observability/verification-protocol.js';
import { originIn, type SignedCheckpoint, writeCheckpoint } from './checkpoint.js';

/** A checkpoint as a document tells it: what is looked at, and the file word for word. */
export function toldCheckpoint(signed: SignedCheckpoint): ToldCheckpoint {
  const { size, root, lastPosition, at, keyId } = signed.checkpoint;
  return { origin: originIn(signed.checkpoint), size, root, lastPosition, at, keyId, note: writeCheckpoint(signed) };
}
