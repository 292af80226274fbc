import type { StoredRecord } from '../event-store/event-store.js';
import { type Hash, leafHash } from './merkle.js';

/**
 * The leaf of an event in the tree: RFC 6962's leaf hash over the event's chain hash, which covers its bytes and its
 * stream so far.
 */
export function leafOf(record: Pick<StoredRecord, 'hash'>): Hash {
  return leafHash(record.hash);
}
