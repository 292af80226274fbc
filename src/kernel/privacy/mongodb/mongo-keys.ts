import type { Binary, Collection, Db, Document } from 'mongodb';
import { mongoFailure } from '../../mongodb/failures.js';
import { ensureIndexes } from '../../mongodb/indexes.js';
import { connectMongo, lastingDb, type MongoServer } from '../../mongodb/server.js';
import { nameOfPlace } from '../key-place.js';
import type { TermRow } from '../key-records.js';
import { KeyStoreError } from '../key-store-error.js';

/** A newer program may write a higher one, which this one refuses. Format 1 had no claims; it becomes 2 when it is opened. */
export const FORMAT = 2;
export const STORE = 'store';

/** One document says whose keys these are and which master key wraps them. */
export interface StoreDocument {
  readonly _id: typeof STORE;
  readonly format: number;
  readonly register: string;
  readonly masterKeyId: string;
  /** The key of the search terms, by the master key that wraps it. */
  readonly indexKeys: Readonly<Record<string, Binary>>;
  readonly generation: number;
  /** The log is known to have had its first event. */
  readonly logBegun?: true;
  /** A change of the master key that is under way: it counts once `masterKeyId` is `to`. */
  readonly change?: { readonly from: string; readonly to: string };
  /** A backup is being put here: nothing of it counts yet. */
  readonly restoring?: true;
}

/** All that is kept of a person lies in one document, so that a single write removes it on every kind of server. */
export interface PersonDocument {
  readonly _id: string;
  /** The person's key, by the master key that wraps it: one, or two while the master key is changed. */
  readonly keys?: Readonly<Record<string, Binary>>;
  /** As {@link termOf} writes them. */
  readonly terms?: readonly string[];
  readonly fenced?: true;
  readonly note?: string;
}

/** What only one person can have, by {@link tokenText}: that the id is unique decides who was first, on every kind of server. */
export interface ClaimDocument {
  readonly _id: string;
  readonly subject: string;
  readonly at: string;
}

export interface MongoKeys extends MongoServer {
  readonly store: Collection<StoreDocument>;
  readonly persons: Collection<PersonDocument>;
  readonly claims: Collection<ClaimDocument>;
}

export const BY_TERM = 'by term';
export const BY_FENCE = 'by fence';
export const BY_SUBJECT = 'by subject';

/**
 * Connects to the database of a key store, where nothing that was answered may be lost: a fact that was sealed under a
 * key which a fallen server took with it could never be read again.
 * @throws KeyStoreError
 */
export async function connectKeys(url: string): Promise<MongoKeys> {
  return keyErrors(async () => {
    const server = await connectMongo(url);
    const db = lastingDb(server, url);
    return { ...server, db, ...collectionsOf(db) };
  });
}

/** Makes the indexes that questions go by. */
export async function ensureKeyIndexes({ persons, claims }: MongoKeys): Promise<void> {
  await ensureIndexes(persons, [
    { name: BY_TERM, key: { terms: 1 } },
    { name: BY_FENCE, key: { fenced: 1 } },
  ]);
  await ensureIndexes(claims, [{ name: BY_SUBJECT, key: { subject: 1 } }]);
}

/** Runs something against the server and says what went wrong in the words of a key store. */
export async function keyErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = error instanceof KeyStoreError ? undefined : mongoFailure(error);
    if (!failure) throw error;
    const code = failure.kind === 'AWAY' ? 'KEY_STORE_UNAVAILABLE' : 'KEY_STORE_UNUSABLE';
    throw new KeyStoreError(code, `the key store: ${failure.message}`, { cause: error });
  }
}

/** @throws KeyStoreError when there is none, or none that this program can use */
export function assertUsable(found: StoreDocument | null, url: string): asserts found is StoreDocument {
  const place = nameOfPlace({ kind: 'mongodb', url });
  if (!found)
    throw new KeyStoreError(
      'KEY_STORE_MISSING',
      `the log has entries, but there is no key store in ${place}: restore its backup`,
    );
  if (found.format > FORMAT)
    throw new KeyStoreError(
      'KEY_STORE_UNUSABLE',
      `the key store has format ${found.format}, this program knows ${FORMAT}: use a newer program`,
    );
  if (found.restoring)
    throw new KeyStoreError(
      'KEY_STORE_UNUSABLE',
      `restoring the keys into ${place} was broken off: restore the backup again`,
    );
}

/** A term in a person's document. */
export function termOf({ kind, token }: Pick<TermRow, 'kind' | 'token'>): string {
  return `${kind}:${tokenText(token)}`;
}

/** The opposite of {@link termOf}. */
export function readTerm(term: string): Pick<TermRow, 'kind' | 'token'> {
  const at = term.lastIndexOf(':');
  return { kind: term.slice(0, at), token: Buffer.from(term.slice(at + 1), 'base64') };
}

export function tokenText(token: Uint8Array): string {
  return Buffer.from(token).toString('base64');
}

export function bytesOf(value: Binary): Uint8Array {
  return Uint8Array.from(value.buffer.subarray(0, value.position));
}

/** The path of the key that a master key wraps. */
export function keyBy(masterKeyId: string): string {
  return `keys.${masterKeyId}`;
}

export const ABSENT: Document = { $exists: false };
export const PRESENT: Document = { $exists: true };

function collectionsOf(db: Db): Pick<MongoKeys, 'store' | 'persons' | 'claims'> {
  return {
    store: db.collection<StoreDocument>('store'),
    persons: db.collection<PersonDocument>('persons'),
    claims: db.collection<ClaimDocument>('claims'),
  };
}
