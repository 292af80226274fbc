import type { KeyStorePlace, MasterKeyPlace } from '../kernel/privacy/key-place.js';

/** Where the parts of a register lie. */
export interface RegisterFiles {
  /** The log's file; none when it is on a server. */
  readonly events: string | undefined;
  readonly tree: string;
  readonly publicKey: string;
  readonly keys: KeyStorePlace;
  readonly signingKey: string;
  /** `ELSEWHERE`: it must be there, and is neither copied from there nor put there. */
  readonly signingKeyKept: 'HERE' | 'ELSEWHERE';
  /** What was signed last. */
  readonly head: string;
  readonly masterKey: MasterKeyPlace;
  /** Who looked at whom, and what was signed of that; neither is there where none is kept. */
  readonly accessLog: string;
  readonly accessSeals: string;
}

/**
 * Names within the backup. The log and what vouches for it tell nothing of persons without the keys, which lie in a
 * part of their own.
 */
export const NAMES = {
  events: 'events.sqlite',
  tree: 'seals.sqlite',
  publicKey: 'public-key.pem',
  keys: 'keys.sqlite',
  signingKey: 'signing.key',
  head: 'notary.sqlite',
  masterKey: 'master.key',
  accessLog: 'access.sqlite',
  accessSeals: 'access-seals.sqlite',
} as const;
