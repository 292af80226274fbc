import { randomUUID } from 'node:crypto';
import { Binary, type Filter, type UpdateFilter } from 'mongodb';
import { onlyDuplicates } from '../../mongodb/failures.js';
import { newKey } from '../cipher.js';
import type {
  BrokenOffChange,
  ClaimRow,
  KeyRecords,
  KeyRow,
  KeyState,
  MasterKeyChange,
  NewRows,
} from '../key-records.js';
import type { Claim } from '../key-store.js';
import { KeyStoreError } from '../key-store-error.js';
import type { MasterKey } from '../master-key.js';
import { INDEX_KEY, type KeyStoreOptions, StoredKeyStore } from '../stored-key-store.js';
import { claim, claimAll, dropClaims, holders, moveClaim } from './mongo-claims.js';
import { changeMasterKey, finishChange } from './mongo-master-key.js';
import {
  ABSENT,
  assertUsable,
  BY_FENCE,
  BY_TERM,
  bytesOf,
  connectKeys,
  ensureKeyIndexes,
  FORMAT,
  keyBy,
  keyErrors,
  type MongoKeys,
  type PersonDocument,
  PRESENT,
  STORE,
  type StoreDocument,
  termOf,
} from './mongo-keys.js';

/** Persons in one query or one list of writes: far below what a command may carry. */
const AT_A_TIME = 1_000;

export interface MongoKeyStoreOptions extends KeyStoreOptions {
  /** A connection string; its path names the database. */
  readonly url: string;
  /**
   * Whether a store that is not there is made; false when the log has entries already, whose keys would then be
   * missing.
   */
  readonly create: boolean;
}

/**
 * Opens keys and search terms in a database of their own, for processes on any number of machines.
 * @throws KeyStoreError
 */
export async function openMongoKeyStore({ url, create, ...options }: MongoKeyStoreOptions): Promise<StoredKeyStore> {
  return StoredKeyStore.over(await MongoKeyRecords.open(url, create, options.master), options);
}

/** Whether a key store lies in that database. @throws KeyStoreError when the server cannot be asked */
export async function mongoKeysExist(url: string): Promise<boolean> {
  const keys = await connectKeys(url);
  try {
    return (await keyErrors(() => keys.store.findOne({ _id: STORE }))) !== null;
  } finally {
    await keys.client.close();
  }
}

/**
 * The rows of a key store on MongoDB. Every step is the change of one document, so that a server by itself does as well
 * as a replica set.
 */
export class MongoKeyRecords implements KeyRecords {
  readonly register: string;
  readonly masterKeyId: string;
  readonly wrappedIndexKey: Uint8Array;
  readonly server: string;
  readonly brokenOff?: BrokenOffChange;

  private constructor(
    private readonly keys: MongoKeys,
    found: StoreDocument,
  ) {
    this.register = found.register;
    this.masterKeyId = found.masterKeyId;
    this.wrappedIndexKey = indexKeyOf(found);
    this.server = keys.kind;
    const { change } = found;
    if (change?.to === found.masterKeyId)
      this.brokenOff = {
        from: change.from,
        finish: (rewrap) => keyErrors(() => finishChange(keys, { ...change, rewrap })),
      };
  }

  /**
   * @param master wraps the index key of a store that is made
   * @throws KeyStoreError
   */
  static async open(url: string, create: boolean, master: MasterKey): Promise<MongoKeyRecords> {
    const [indexKey] = await master.wrap([{ key: newKey(), context: INDEX_KEY }]);
    const keys = await connectKeys(url);
    try {
      return await keyErrors(async () => {
        const there = await keys.store.findOne({ _id: STORE });
        const fresh: StoreDocument = {
          _id: STORE,
          format: FORMAT,
          register: randomUUID(),
          masterKeyId: master.id,
          indexKeys: { [master.id]: new Binary(indexKey!) },
          generation: 0,
        };
        if (!there && create) await keys.store.insertOne(fresh).catch(unlessDuplicate);
        const found = there ?? (await keys.store.findOne({ _id: STORE }));
        assertUsable(found, url);
        await ensureKeyIndexes(keys);
        if (found.format < FORMAT) await keys.store.updateOne({ _id: STORE }, { $max: { format: FORMAT } });
        return new MongoKeyRecords(keys, found);
      });
    } catch (error) {
      await keys.client.close();
      throw error;
    }
  }

  async state(): Promise<KeyState> {
    const found = await keyErrors(() => this.keys.store.findOne({ _id: STORE }));
    if (!found) throw new KeyStoreError('KEY_STORE_MISSING', 'the key store was taken away');
    return { generation: found.generation, masterKeyId: found.masterKeyId, logBegun: found.logBegun === true };
  }

  async fences(): Promise<string[]> {
    const found = await keyErrors(() =>
      this.keys.persons.find({ fenced: true }, { projection: { _id: 1 }, hint: BY_FENCE }).toArray(),
    );
    return found.map(({ _id }) => _id);
  }

  async keysOf(subjects: readonly string[]): Promise<KeyRow[]> {
    const rows: KeyRow[] = [];
    for (const some of portions(subjects)) {
      const found = await keyErrors(() =>
        this.keys.persons.find({ _id: { $in: some }, fenced: ABSENT }, { projection: { keys: 1 } }).toArray(),
      );
      for (const { _id, keys } of found) {
        const wrapped = keys?.[this.masterKeyId];
        if (wrapped) rows.push({ subject: _id, wrapped: bytesOf(wrapped) });
      }
    }
    return rows;
  }

  async add({ keys, terms, claims }: NewRows, masterKeyId: string): Promise<void> {
    for (const some of portions(keys)) await keyErrors(() => this.addKeys(some, masterKeyId));
    const byPerson = new Map<string, string[]>();
    for (const term of terms) byPerson.set(term.subject, [...(byPerson.get(term.subject) ?? []), termOf(term)]);
    await this.updateEach(
      [...byPerson].map(([subject, added]) => ({
        filter: { _id: subject, fenced: ABSENT, keys: PRESENT },
        update: { $addToSet: { terms: { $each: added } } },
      })),
    );
    await keyErrors(() => claimAll(this.keys.claims, claims));
  }

  async subjectsWith(kind: string, token: Uint8Array): Promise<string[]> {
    const found = await keyErrors(() =>
      this.keys.persons.find({ terms: termOf({ kind, token }) }, { projection: { _id: 1 }, hint: BY_TERM }).toArray(),
    );
    return found.map(({ _id }) => _id).sort();
  }

  async dropTerms(subject: string, kind: string, kept: readonly Uint8Array[]): Promise<void> {
    await keyErrors(async () => {
      const found = await this.keys.persons.findOne({ _id: subject });
      const stay = new Set(kept.map((token) => termOf({ kind, token })));
      const dropped = (found?.terms ?? []).filter((term) => term.startsWith(`${kind}:`) && !stay.has(term));
      if (dropped.length > 0) await this.keys.persons.updateOne({ _id: subject }, { $pullAll: { terms: dropped } });
    });
  }

  claim(row: ClaimRow): Promise<Claim> {
    return keyErrors(() => claim(this.keys.claims, row));
  }

  holders(tokens: readonly Uint8Array[]): Promise<ClaimRow[]> {
    return keyErrors(() => holders(this.keys.claims, tokens));
  }

  moveClaim(row: ClaimRow, to: Claim): Promise<boolean> {
    return keyErrors(() => moveClaim(this.keys.claims, row, to));
  }

  dropClaims(subject: string, kept: readonly Uint8Array[]): Promise<void> {
    return keyErrors(() => dropClaims(this.keys.claims, subject, kept));
  }

  async fence(subject: string, note: string): Promise<void> {
    await keyErrors(async () => {
      await this.keys.persons
        .updateOne({ _id: subject, fenced: ABSENT }, { $set: { fenced: true, note } }, { upsert: true })
        .catch(unlessDuplicate);
      // Raised each time: whoever was cut off in between has raised nothing.
      await this.raiseGeneration();
    });
  }

  async remove(subject: string): Promise<void> {
    const { matchedCount } = await keyErrors(() =>
      this.keys.persons.updateOne({ _id: subject, fenced: true }, { $unset: { keys: '', terms: '' } }),
    );
    if (matchedCount === 0) throw new RangeError('a person is fenced before the key is destroyed');
    await this.dropClaims(subject, []);
    await keyErrors(() => this.raiseGeneration());
  }

  async eraseNote(subject: string): Promise<void> {
    await keyErrors(() => this.keys.persons.updateOne({ _id: subject, fenced: true }, { $unset: { note: '' } }));
  }

  async noteLogBegun(): Promise<void> {
    await keyErrors(() => this.keys.store.updateOne({ _id: STORE }, { $set: { logBegun: true } }));
  }

  async unfinished(): Promise<{ readonly subject: string; readonly note: string }[]> {
    const found = await keyErrors(() =>
      this.keys.persons
        .find({ fenced: true, note: PRESENT } as Filter<PersonDocument>, { projection: { note: 1 }, hint: BY_FENCE })
        .toArray(),
    );
    return found
      .map(({ _id, note }) => ({ subject: _id, note: note ?? '' }))
      .toSorted((one, other) => (one.subject < other.subject ? -1 : 1));
  }

  changeMasterKey(change: MasterKeyChange): Promise<number> {
    return keyErrors(() => changeMasterKey(this.keys, this.wrappedIndexKey, change));
  }

  async close(): Promise<void> {
    await this.keys.client.close();
  }

  private async addKeys(keys: readonly KeyRow[], masterKeyId: string): Promise<void> {
    const documents = keys.map(({ subject, wrapped }) => ({
      _id: subject,
      keys: { [masterKeyId]: new Binary(wrapped) },
    }));
    try {
      await this.keys.persons.insertMany(documents, { ordered: false });
    } catch (error) {
      if (!onlyDuplicates(error)) throw error;
      // Of those who are there already, one without a key under the master key that counts has none that anybody was
      // ever given.
      const mine = keyBy(masterKeyId);
      await this.updateEach(
        documents.map((one) => ({
          filter: { _id: one._id, fenced: ABSENT, [mine]: ABSENT },
          update: { $set: { [mine]: one.keys[masterKeyId] } },
        })),
      );
    }
  }

  private async raiseGeneration(): Promise<void> {
    await this.keys.store.updateOne({ _id: STORE }, { $inc: { generation: 1 } });
  }

  /** What finds nothing to change, because somebody else was first, is right as it is. */
  private async updateEach(updates: readonly { readonly filter: object; readonly update: object }[]): Promise<void> {
    for (const some of portions(updates)) {
      const operations = some.map(({ filter, update }) => ({
        updateOne: { filter: filter as Filter<PersonDocument>, update: update as UpdateFilter<PersonDocument> },
      }));
      await keyErrors(() => this.keys.persons.bulkWrite(operations, { ordered: false }));
    }
  }
}

function indexKeyOf({ indexKeys, masterKeyId }: StoreDocument): Uint8Array {
  const wrapped = indexKeys[masterKeyId];
  if (!wrapped) throw new KeyStoreError('KEY_STORE_UNUSABLE', 'the key of the search terms is missing');
  return bytesOf(wrapped);
}

function unlessDuplicate(error: unknown): void {
  if (!onlyDuplicates(error)) throw error;
}

function* portions<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += AT_A_TIME) yield all.slice(at, at + AT_A_TIME);
}
