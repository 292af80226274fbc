import { BSON, type ClientSession, type Db, type Document } from 'mongodb';
import { onlyDuplicates, refusals } from '../../mongodb/failures.js';
import { toStored, type Collections, type StoredRow } from '../collection.js';
import { planDelete, type Paths } from '../query-plan.js';
import type { CollectionSpec, WriteBatch } from '../view-store.js';
import { keyPaths, toDocument, WRITTEN } from './documents.js';
import { filterOf, hintOf } from './queries.js';

/** MongoDB takes no document above 16 MiB; the number of the write and the command around it need a little of that. */
const LARGEST_DOCUMENT = 16 * 1024 * 1024 - 16 * 1024;

/** One page of changes in MongoDB's terms; whoever finds it can carry it out without knowing the collections. */
export interface Page {
  readonly deletes: readonly { readonly collection: string; readonly filter: Document; readonly hint: string }[];
  readonly puts: readonly Puts[];
}

export interface Puts {
  readonly collection: string;
  readonly key: readonly string[];
  readonly documents: readonly Document[];
}

/** How rows are put: `replace` in any case, `insert` where they are expected to be new, which is faster. */
export type How = 'insert' | 'replace';

/**
 * Translates a batch, and refuses what cannot be written before anything is.
 * @param nameOf the server's name of a collection
 * @throws TypeError, QueryNotServed as the port says; RangeError for a row above MongoDB's limit.
 */
export function pageOf(
  batch: WriteBatch,
  collections: Collections,
  paths: Paths,
  nameOf: (collection: string) => string,
): Page {
  const deletes = (batch.deletes ?? []).map(({ collection, where }) => {
    const spec = collections.get(collection);
    const plan = planDelete(spec, where, paths);
    return { collection: nameOf(collection), filter: filterOf(spec, plan.terms), hint: hintOf(spec, plan) };
  });
  const rows = new Map<string, StoredRow[]>();
  for (const put of batch.puts ?? []) {
    const spec = collections.get(put.collection);
    rows.set(put.collection, [...(rows.get(put.collection) ?? []), ...put.rows.map((row) => toStored(spec, row))]);
  }
  const puts = [...rows].map(([collection, stored]) => ({
    collection: nameOf(collection),
    ...putsOf(collections.get(collection), stored),
  }));
  return { deletes, puts };
}

function putsOf(spec: CollectionSpec, rows: readonly StoredRow[]): Omit<Puts, 'collection'> {
  // The commands of one page run in no order: of several rows with one key only the last is sent.
  const last = new Map(rows.map((row) => [JSON.stringify(spec.key.map((field) => row[field])), row]));
  const documents = [...last.values()].map((row) => toDocument(spec, row));
  for (const document of documents) {
    if (BSON.calculateObjectSize(document) > LARGEST_DOCUMENT)
      throw new RangeError(`a row of ${spec.name} is larger than MongoDB's 16 MiB`);
  }
  return { key: keyPaths(spec), documents };
}

/**
 * Carries a page out as the write with the number `seq`: nothing that a later write put there is touched,
 * so it does not matter how often, or how late, it is done.
 */
export async function carryOut(db: Db, page: Page, seq: bigint, how: How, session?: ClientSession): Promise<void> {
  for (const { collection, filter, hint } of page.deletes) {
    await db.collection(collection).deleteMany({ ...filter, [WRITTEN]: { $lt: seq } }, { hint, session });
  }
  for (const puts of page.puts) await put(db, puts, seq, how, session);
}

async function put(
  db: Db,
  { collection, key, documents }: Puts,
  seq: bigint,
  how: How,
  session?: ClientSession,
): Promise<void> {
  if (documents.length === 0) return;
  const target = db.collection(collection);
  const numbered = documents.map((document) => ({ ...document, [WRITTEN]: seq }));
  const taken =
    how === 'insert'
      ? await takenKeys(() => target.insertMany(numbered, { ordered: false, session }), session)
      : undefined;
  const left = taken ? numbered.filter((_, at) => taken.has(at)) : numbered;
  if (left.length === 0) return;
  const operations = left.map((document) => {
    const { _id: _named, ...replacement } = document as Document;
    return { replaceOne: { filter: { ...keyOf(key, document), [WRITTEN]: { $lt: seq } }, replacement, upsert: true } };
  });
  // A document that is there already, put by this write or a later one, makes the upsert a duplicate: it is right as it
  // is.
  await takenKeys(() => target.bulkWrite(operations, { ordered: false, session }), session);
}

function keyOf(key: readonly string[], document: Document): Document {
  return Object.fromEntries(key.map((path) => [path, document[path] as unknown]));
}

/**
 * Which documents of an unordered write were refused because their key is taken. Inside a transaction that is an error:
 * the server has ended the transaction.
 */
async function takenKeys(
  write: () => Promise<unknown>,
  session: ClientSession | undefined,
): Promise<ReadonlySet<number>> {
  try {
    await write();
    return new Set();
  } catch (error) {
    if (session || !onlyDuplicates(error)) throw error;
    return new Set(refusals(error).map((one) => one.index));
  }
}
