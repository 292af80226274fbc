import type { Claim } from './key-store.js';

/** A person's key as it lies there: wrapped by the master key. */
export interface KeyRow {
  readonly subject: string;
  readonly wrapped: Uint8Array;
}

/** A keyed hash by which a person is found. */
export interface TermRow {
  readonly subject: string;
  readonly kind: string;
  readonly token: Uint8Array;
}

/** What only one person can have, as a keyed hash, and who has it. */
export interface ClaimRow extends Claim {
  readonly token: Uint8Array;
}

/** What may have changed by another process's hand. */
export interface KeyState {
  /** Rises whenever a person is fenced or the master key changes. */
  readonly generation: number;
  /** The master key that wraps all keys. */
  readonly masterKeyId: string;
  /** The log is known to have had its first event. */
  readonly logBegun: boolean;
}

/** Wraps keys with another master key; those it is given are wrapped with the one in force. */
export type Rewrap = (rows: readonly KeyRow[]) => Promise<KeyRow[]>;

export interface MasterKeyChange {
  readonly from: string;
  readonly to: string;
  readonly rewrap: Rewrap;
  /** Called with the number of keys done so far, and of all. */
  readonly onProgress: (done: number, all: number) => void;
}

export interface BrokenOffChange {
  readonly from: string;
  /** Sees to the last keys. */
  finish(rewrap: Rewrap): Promise<void>;
}

/** What is added in one step. */
export interface NewRows {
  readonly keys: readonly KeyRow[];
  readonly terms: readonly TermRow[];
  readonly claims: readonly ClaimRow[];
}

/**
 * The rows of a key store, wherever they lie; they know nothing of plain keys. Each call is one durable step: what it
 * resolves with, or after, is still there when any one machine fails. Every call may reject with KeyStoreError.
 */
export interface KeyRecords {
  /** The register these keys belong to. */
  readonly register: string;
  /** The master key that was in force when the rows were opened, and the index key as it wraps it. */
  readonly masterKeyId: string;
  readonly wrappedIndexKey: Uint8Array;
  /** A change of the master key that counts, but was broken off before the last key was seen to. */
  readonly brokenOff?: BrokenOffChange;
  /** What kind of server the rows lie on, where they do. */
  readonly server?: string;

  state(): Promise<KeyState>;
  fences(): Promise<string[]>;
  /** The keys of those who have one, in any order. */
  keysOf(subjects: readonly string[]): Promise<KeyRow[]>;
  /**
   * Adds keys, terms and claims. A person who has a key keeps it, one who is fenced gets nothing, a term needs a person, and
   * a claim stays with whoever has it.
   * @param masterKeyId the master key that wrapped them
   */
  add(rows: NewRows, masterKeyId: string): Promise<void>;
  subjectsWith(kind: string, token: Uint8Array): Promise<string[]>;
  dropTerms(subject: string, kind: string, kept: readonly Uint8Array[]): Promise<void>;
  /** Unless somebody else has it, the row's subject gets it. @returns who has it */
  claim(row: ClaimRow): Promise<Claim>;
  /** The rows of those that somebody has, in any order. */
  holders(tokens: readonly Uint8Array[]): Promise<ClaimRow[]>;
  /** @returns false when the row was not there as given */
  moveClaim(row: ClaimRow, to: Claim): Promise<boolean>;
  dropClaims(subject: string, kept: readonly Uint8Array[]): Promise<void>;
  /** Again is no error, and keeps the first note. */
  fence(subject: string, note: string): Promise<void>;
  /** Removes a fenced person's key, terms and claims for good. @throws RangeError when the person is not fenced */
  remove(subject: string): Promise<void>;
  /** From now on the state says that the log was begun; again is no error. */
  noteLogBegun(): Promise<void>;
  eraseNote(subject: string): Promise<void>;
  unfinished(): Promise<{ readonly subject: string; readonly note: string }[]>;
  /**
   * Wraps every key anew. Whenever it is broken off, all keys can be had with the one master key or with the other, and
   * it can be done again.
   * @returns how many persons' keys there are
   */
  changeMasterKey(change: MasterKeyChange): Promise<number>;
  close(): Promise<void>;
}
