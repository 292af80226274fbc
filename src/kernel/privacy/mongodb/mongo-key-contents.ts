import { Binary, type Filter, type UpdateFilter } from 'mongodb';
import { databaseOf } from '../../config/database-of.js';
import type { FenceRow, KeyedPerson, KeyStoreContents } from '../key-contents.js';
import { KeyStoreError } from '../key-store-error.js';
import { allClaims, claimAll } from './mongo-claims.js';
import {
  assertUsable,
  BY_FENCE,
  bytesOf,
  connectKeys,
  ensureKeyIndexes,
  FORMAT,
  keyErrors,
  type MongoKeys,
  type PersonDocument,
  readTerm,
  STORE,
  type StoreDocument,
  termOf,
} from './mongo-keys.js';

const AT_A_TIME = 1_000;

/**
 * Reads a key store on MongoDB while others use it: everybody who was there at the start is among those read.
 * @throws KeyStoreError, KEY_STORE_ROTATED among them when the master key was changed meanwhile
 */
export async function readMongoKeys<T>(url: string, use: (contents: KeyStoreContents) => Promise<T>): Promise<T> {
  const keys = await connectKeys(url);
  try {
    return await keyErrors(async () => {
      const found = await keys.store.findOne({ _id: STORE });
      assertUsable(found, url);
      const used = await use(contentsOf(keys, found));
      const after = await keys.store.findOne({ _id: STORE });
      if (after?.masterKeyId !== found.masterKeyId)
        throw new KeyStoreError('KEY_STORE_ROTATED', 'the master key was changed meanwhile: do it again');
      return used;
    });
  } finally {
    await keys.client.close();
  }
}

/**
 * Puts what another key store holds into an empty database. Broken off, it can be done again; nobody can open the keys
 * before it is complete.
 * @returns what completes it
 * @throws KeyStoreError KEY_STORE_MISMATCH when there are keys already
 */
export async function writeMongoKeys(url: string, contents: KeyStoreContents): Promise<() => Promise<void>> {
  await withKeys(url, async (keys) => {
    const { register, masterKeyId, wrappedIndexKey, logBegun } = contents;
    const fresh: StoreDocument = {
      _id: STORE,
      format: FORMAT,
      register,
      masterKeyId,
      indexKeys: { [masterKeyId]: new Binary(wrappedIndexKey) },
      generation: 0,
      restoring: true,
      ...(logBegun ? { logBegun: true as const } : {}),
    };
    const before = await keys.store.findOne({ _id: STORE });
    if ((before && !before.restoring) || (!before && (await keys.persons.findOne({})))) {
      throw new KeyStoreError(
        'KEY_STORE_MISMATCH',
        `there are keys in database "${databaseOf(url)}" of MongoDB already`,
      );
    }
    await keys.store.replaceOne({ _id: STORE }, fresh, { upsert: true });
    await keys.persons.deleteMany({});
    await keys.claims.deleteMany({});
    await ensureKeyIndexes(keys);
    for await (const persons of contents.persons()) {
      await keys.persons.insertMany(
        persons.map(({ subject, wrapped, terms }) => ({
          _id: subject,
          keys: { [masterKeyId]: new Binary(wrapped) },
          terms: terms.map(termOf),
        })),
      );
    }
    for await (const claims of contents.claims()) await claimAll(keys.claims, claims);
    for (const { subject, note } of await contents.fences()) {
      await keys.persons.updateOne(
        { _id: subject },
        { $set: { fenced: true, ...(note === undefined ? {} : { note }) } },
        { upsert: true },
      );
    }
  });
  return () =>
    withKeys(
      url,
      async ({ store }) =>
        void (await store.updateOne({ _id: STORE }, { $unset: { restoring: '' } } as UpdateFilter<StoreDocument>)),
    );
}

async function withKeys(url: string, work: (keys: MongoKeys) => Promise<void>): Promise<void> {
  const keys = await connectKeys(url);
  try {
    await keyErrors(() => work(keys));
  } finally {
    await keys.client.close();
  }
}

function contentsOf(
  { persons, claims }: MongoKeys,
  { register, masterKeyId, indexKeys, logBegun }: StoreDocument,
): KeyStoreContents {
  const index = indexKeys[masterKeyId];
  if (!index) throw new KeyStoreError('KEY_STORE_UNUSABLE', 'the key of the search terms is missing');
  return {
    register,
    masterKeyId,
    logBegun: logBegun === true,
    wrappedIndexKey: bytesOf(index),
    persons: () => personsOf(persons, masterKeyId),
    fences: () => fencesOf(persons),
    claims: () => allClaims(claims),
  };
}

async function* personsOf(persons: MongoKeys['persons'], masterKeyId: string): AsyncGenerator<KeyedPerson[]> {
  for (let after = ''; ;) {
    const found = await persons.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: AT_A_TIME }).toArray();
    const last = found.at(-1);
    if (!last) return;
    after = last._id;
    yield found.flatMap(({ _id, keys, terms = [] }) => {
      const wrapped = keys?.[masterKeyId];
      return wrapped ? [{ subject: _id, wrapped: bytesOf(wrapped), terms: terms.map(readTerm) }] : [];
    });
  }
}

async function fencesOf(persons: MongoKeys['persons']): Promise<FenceRow[]> {
  const found = await persons.find({ fenced: true } as Filter<PersonDocument>, { hint: BY_FENCE }).toArray();
  return found.map(({ _id, note }) => ({ subject: _id, ...(note === undefined ? {} : { note }) }));
}
