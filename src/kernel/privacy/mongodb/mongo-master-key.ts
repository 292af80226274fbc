import { Binary, type Filter, type UpdateFilter } from 'mongodb';
import type { KeyRow, MasterKeyChange, Rewrap } from '../key-records.js';
import { KeyStoreError } from '../key-store-error.js';
import { INDEX_KEY } from '../stored-key-store.js';
import {
  ABSENT,
  bytesOf,
  keyBy,
  type MongoKeys,
  type PersonDocument,
  PRESENT,
  STORE,
  type StoreDocument,
} from './mongo-keys.js';

const REWRAPPED_AT_A_TIME = 1_000;

/**
 * Changes the master key without a transaction:
 *  1. the change is announced, with the index key under the new master key,
 *  2. every person's key is laid down under the new one beside the old one,
 *  3. the store's document names the new one: **from here on it counts**, and processes with the old one refuse to go
 * on,
 *  4. persons who came while 2 went on get theirs, then all keys under the old one are removed, and the announcement.
 * Broken off before 3 nothing has changed; after it, 4 has to be done again, for which both master keys are needed.
 * @param indexKey as the old master key wraps it
 * @returns how many persons' keys there are
 * @throws KeyStoreError KEY_STORE_ROTATED when somebody else changed it first
 */
export async function changeMasterKey(
  keys: MongoKeys,
  indexKey: Uint8Array,
  { from, to, rewrap, onProgress }: MasterKeyChange,
): Promise<number> {
  const [index] = await rewrap([{ subject: INDEX_KEY, wrapped: indexKey }]);
  const before = await keys.store.findOneAndUpdate(
    { _id: STORE, masterKeyId: from },
    set({ change: { from, to }, [`indexKeys.${to}`]: new Binary(index!.wrapped) }),
  );
  if (!before) throw overtaken();
  // What an earlier change that never counted has left.
  if (before.change && before.change.to !== to) await removeKeys(keys, before.change.to);
  const all = await keys.persons.countDocuments({ [keyBy(from)]: PRESENT });
  await rewrapThoseWithout(keys, { from, to, rewrap }, (done) => onProgress(done, all));
  const { matchedCount } = await keys.store.updateOne(
    { _id: STORE, masterKeyId: from, 'change.to': to } as Filter<StoreDocument>,
    { ...set({ masterKeyId: to }), $inc: { generation: 1 } },
  );
  if (matchedCount === 0) throw overtaken();
  await finishChange(keys, { from, to, rewrap });
  return keys.persons.countDocuments({ [keyBy(to)]: PRESENT });
}

/** What is left to do once the change counts. */
export async function finishChange(
  keys: MongoKeys,
  change: { readonly from: string; readonly to: string; readonly rewrap: Rewrap },
): Promise<void> {
  await rewrapThoseWithout(keys, change, () => undefined);
  await removeKeys(keys, change.from);
  await keys.store.updateOne({ _id: STORE, masterKeyId: change.to }, {
    $unset: { change: '', [`indexKeys.${change.from}`]: '' },
  } as UpdateFilter<StoreDocument>);
}

async function rewrapThoseWithout(
  keys: MongoKeys,
  { from, to, rewrap }: { readonly from: string; readonly to: string; readonly rewrap: Rewrap },
  onProgress: (done: number) => void,
): Promise<void> {
  const [old, fresh] = [keyBy(from), keyBy(to)];
  let done = 0;
  for (let after = ''; ;) {
    const found = await keys.persons
      .find({ _id: { $gt: after }, [old]: PRESENT, [fresh]: ABSENT } as Filter<PersonDocument>, {
        projection: { keys: 1 },
        sort: { _id: 1 },
        limit: REWRAPPED_AT_A_TIME,
      })
      .toArray();
    const last = found.at(-1);
    if (!last) return;
    after = last._id;
    const rows: KeyRow[] = found.flatMap(({ _id, keys: wrapped }) =>
      wrapped?.[from] ? [{ subject: _id, wrapped: bytesOf(wrapped[from]) }] : [],
    );
    const rewrapped = await rewrap(rows);
    // Who was forgotten meanwhile has no key any more, and gets none.
    const operations = rewrapped.map(({ subject, wrapped }) => ({
      updateOne: {
        filter: { _id: subject, [old]: PRESENT } as Filter<PersonDocument>,
        update: set<PersonDocument>({ [fresh]: new Binary(wrapped) }),
      },
    }));
    await keys.persons.bulkWrite(operations, { ordered: false });
    onProgress((done += rewrapped.length));
    // Who comes from now on is seen to once the change counts; running after them might never end.
    if (found.length < REWRAPPED_AT_A_TIME) return;
  }
}

async function removeKeys(keys: MongoKeys, masterKeyId: string): Promise<void> {
  await keys.persons.updateMany(
    { [keyBy(masterKeyId)]: PRESENT } as Filter<PersonDocument>,
    { $unset: { [keyBy(masterKeyId)]: '' } } as UpdateFilter<PersonDocument>,
  );
}

/** The driver's types know no computed paths. */
function set<T>(values: object): UpdateFilter<T> & { readonly $set: never } {
  return { $set: values } as UpdateFilter<T> & { readonly $set: never };
}

function overtaken(): KeyStoreError {
  return new KeyStoreError('KEY_STORE_ROTATED', 'the master key was changed by somebody else meanwhile');
}
