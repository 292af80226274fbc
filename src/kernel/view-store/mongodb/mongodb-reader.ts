import type { Db, Document } from 'mongodb';
import { fromStored, toStoredKey, type Collections } from '../collection.js';
import { planCount, planFind, type Paths } from '../query-plan.js';
import type { Checkpoint, CollectionSpec, Query, Row, Value, ViewReader, Where } from '../view-store.js';
import type { Sight } from './deployment.js';
import { decode, encode, keyPaths, pathOf, toStoredRow, WRITTEN } from './documents.js';
import { countPipeline, filterOf, hintOf, sortOf } from './queries.js';
import { checkpointOf } from './version-document.js';

/** Keys in one query: its filter stays far below what a command may carry. */
const KEYS_A_QUERY = 500;

/** The questions of the port, asked of one sight. */
export class MongoReader implements ViewReader {
  constructor(
    private readonly db: Db,
    private readonly collections: Collections,
    private readonly sight: Sight,
    private readonly nameOf: (collection: string) => string,
  ) {}

  async checkpoint(): Promise<Checkpoint | undefined> {
    return checkpointOf(this.sight.document);
  }

  async get(collection: string, key: readonly Value[]): Promise<Row | undefined> {
    return (await this.getMany(collection, [key]))[0];
  }

  async getMany(collection: string, keys: readonly (readonly Value[])[]): Promise<(Row | undefined)[]> {
    const spec = this.collections.get(collection);
    const asked = keys.map((key) => toStoredKey(spec, key));
    const rows = new Map<string, Row>();
    for (let at = 0; at < asked.length; at += KEYS_A_QUERY) {
      const filter = anyOf(spec, asked.slice(at, at + KEYS_A_QUERY));
      for (const found of await this.db
        .collection(this.nameOf(collection))
        .find(this.visible(filter), { session: this.sight.session })
        .toArray()) {
        const stored = toStoredRow(spec, found);
        rows.set(JSON.stringify(spec.key.map((field) => stored[field])), fromStored(spec, stored));
      }
    }
    return asked.map((key) => rows.get(JSON.stringify(key)));
  }

  async find(collection: string, query: Query): Promise<Row[]> {
    const spec = this.collections.get(collection);
    const plan = planFind(spec, query, this.paths());
    if (plan.limit === 0) return []; // MongoDB takes a limit of 0 for none
    const cursor = this.db.collection(this.nameOf(collection)).find(this.visible(filterOf(spec, plan.terms)), {
      session: this.sight.session,
      hint: hintOf(spec, plan),
      ...(plan.order.length > 0 && { sort: sortOf(spec, plan), allowDiskUse: plan.limit === undefined }),
      ...(plan.limit !== undefined && { limit: plan.limit }),
    });
    return (await cursor.toArray()).map((document) => fromStored(spec, toStoredRow(spec, document)));
  }

  async countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]> {
    const spec = this.collections.get(collection);
    const plan = planCount(spec, fields, where, this.paths());
    const pipeline = countPipeline(spec, fields, this.visible(filterOf(spec, plan.terms)));
    const groups = await this.db
      .collection(this.nameOf(collection))
      .aggregate<{ _id: Document | null; count: unknown }>(pipeline, {
        session: this.sight.session,
        hint: hintOf(spec, plan),
        allowDiskUse: true,
      })
      .toArray();
    return groups.map(({ _id, count }) => ({
      ...Object.fromEntries(fields.map((field) => [field, decode(_id?.[field])])),
      count: decode(count),
    }));
  }

  private visible(filter: Document): Document {
    return this.sight.hidden.length === 0 ? filter : { ...filter, [WRITTEN]: { $nin: [...this.sight.hidden] } };
  }

  private paths(): Paths {
    return this.sight.document.filling ? 'key-only' : 'all';
  }
}

function anyOf(spec: CollectionSpec, keys: readonly (readonly Value[])[]): Document {
  const encoded = keys.map((key) => key.map((value, at) => encode(spec.fields[spec.key[at] ?? ''] ?? 'text', value)));
  const [only] = spec.key;
  if (spec.key.length === 1 && only !== undefined)
    return { [pathOf(spec, only)]: { $in: encoded.map((key) => key[0]) } };
  return { $or: encoded.map((key) => Object.fromEntries(keyPaths(spec).map((path, at) => [path, key[at]]))) };
}
