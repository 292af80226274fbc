import type { ClaimRow, KeyRow, TermRow } from './key-records.js';

/** A person with everything by which they are found. */
export interface KeyedPerson extends KeyRow {
  readonly terms: readonly Pick<TermRow, 'kind' | 'token'>[];
}

export interface FenceRow {
  readonly subject: string;
  /** Of a forgetting that is not complete. */
  readonly note?: string;
}

/** Whose keys a key store holds, what it knows of the log, and which master key wraps them. */
export interface KeyStoreIdentity {
  readonly register: string;
  readonly masterKeyId: string;
  /** The log is known to have had its first event. */
  readonly logBegun: boolean;
}

/** All that is in a key store, every key wrapped: what a copy in another kind of store is made of. */
export interface KeyStoreContents extends KeyStoreIdentity {
  readonly wrappedIndexKey: Uint8Array;
  persons(): AsyncIterable<readonly KeyedPerson[]> | Iterable<readonly KeyedPerson[]>;
  fences(): Promise<readonly FenceRow[]>;
  claims(): AsyncIterable<readonly ClaimRow[]> | Iterable<readonly ClaimRow[]>;
}
