import { databaseOf } from '../config/database-of.js';

/** Where the rows of a key store lie: in a file of its own, or in a database of its own on a server. */
export type KeyStorePlace =
  { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'mongodb'; readonly url: string };

/**
 * The master key's file: in the register's own folder, where it is made at the first start and backed up, or kept
 * `ELSEWHERE`, where it must be.
 */
export interface MasterKeyPlace {
  readonly path: string;
  readonly kept: 'HERE' | 'ELSEWHERE';
}

/** Where the keys of a register lie. */
export interface KeyPlace {
  readonly store: KeyStorePlace;
  readonly masterKey: MasterKeyPlace;
}

/** How a place is called in messages; a URL may hold a password, so it is its database that is told. */
export function nameOfPlace(place: KeyStorePlace): string {
  return place.kind === 'sqlite' ? place.path : `database "${databaseOf(place.url)}" of MongoDB`;
}
