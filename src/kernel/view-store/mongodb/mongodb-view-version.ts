import type { Collection, Db } from 'mongodb';
import { ensureIndexes } from '../../mongodb/indexes.js';
import type { Collections } from '../collection.js';
import type { Checkpoint, Query, Row, Value, ViewReader, ViewVersion, Where, WriteBatch } from '../view-store.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';
import type { Deployment, Sight } from './deployment.js';
import { translating } from './failures.js';
import { MongoReader } from './mongodb-reader.js';
import { pageOf } from './page.js';
import { indexName, secondaryIndexes } from './queries.js';
import type { VersionDocument } from './version-document.js';

/**
 * One version of a projection: a document that says how far it is, and a collection of the server for each of its
 * collections.
 */
export class MongoViewVersion implements ViewVersion {
  private closed = false;

  constructor(
    readonly projection: string,
    readonly version: string,
    private readonly id: string,
    private readonly db: Db,
    private readonly versions: Collection<VersionDocument>,
    private readonly collections: Collections,
    private readonly deployment: Deployment,
    private readonly nameOf: (collection: string) => string,
  ) {}

  get place(): string {
    return `database "${this.db.databaseName}" of MongoDB`;
  }

  checkpoint(): Promise<Checkpoint | undefined> {
    return this.snapshot((reader) => reader.checkpoint());
  }

  get(collection: string, key: readonly Value[]): Promise<Row | undefined> {
    return this.snapshot((reader) => reader.get(collection, key));
  }

  getMany(collection: string, keys: readonly (readonly Value[])[]): Promise<(Row | undefined)[]> {
    return this.snapshot((reader) => reader.getMany(collection, keys));
  }

  find(collection: string, query: Query): Promise<Row[]> {
    return this.snapshot((reader) => reader.find(collection, query));
  }

  countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]> {
    return this.snapshot((reader) => reader.countBy(collection, fields, where));
  }

  async write(batch: WriteBatch): Promise<void> {
    const filling = await this.filling();
    const page = pageOf(batch, this.collections, filling ? 'key-only' : 'all', this.nameOf);
    await translating(() => this.deployment.write(page, batch.expected, batch.next, filling ? 'insert' : 'replace'));
  }

  snapshot<T>(read: (reader: ViewReader) => Promise<T>): Promise<T> {
    return this.look((sight) => read(new MongoReader(this.db, this.collections, sight, this.nameOf)));
  }

  filling(): Promise<boolean> {
    return this.look(async ({ document }) => document.filling);
  }

  async beginBulk(): Promise<void> {
    if (await this.filling()) return;
    await translating(async () => {
      const { matchedCount } = await this.versions.updateOne(
        { _id: this.id, position: null as never },
        { $set: { filling: true } },
      );
      if (matchedCount === 0)
        throw new ViewStoreUnusable(
          `version ${this.version} of ${this.projection} holds pages already; only a fresh version is filled in bulk`,
        );
      for (const spec of this.collections.all) {
        for (const index of spec.indexes ?? [])
          await this.db.collection(this.nameOf(spec.name)).dropIndex(indexName(index));
      }
    });
  }

  async endBulk(): Promise<void> {
    await this.filling();
    await translating(async () => {
      for (const spec of this.collections.all) {
        await ensureIndexes(this.db.collection(this.nameOf(spec.name)), secondaryIndexes(spec));
      }
      await this.versions.updateOne({ _id: this.id }, { $set: { filling: false } });
    });
  }

  close(): void {
    this.closed = true;
  }

  private async look<T>(read: (sight: Sight) => Promise<T>): Promise<T> {
    if (this.closed) throw new ViewStoreUnavailable(`version ${this.version} of ${this.projection} was closed`);
    return translating(() => this.deployment.look(read));
  }
}
