import type { Collection, Db, MongoClient } from 'mongodb';
import { onlyDuplicates } from '../../mongodb/failures.js';
import { ensureIndexes } from '../../mongodb/indexes.js';
import { connectMongo, type ServerKind } from '../../mongodb/server.js';
import { checkLabel, Collections, layoutOf } from '../collection.js';
import type { CollectionSpec, ViewStore, ViewVersion } from '../view-store.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';
import { translating } from './failures.js';
import { MongoViewVersion } from './mongodb-view-version.js';
import { keyIndex, secondaryIndexes } from './queries.js';
import { RedoLog } from './redo-log.js';
import { ReplicaSetDeployment } from './replica-set.js';
import { StandaloneDeployment } from './standalone.js';
import { sweepAbandoned } from './sweep.js';
import type { VersionDocument } from './version-document.js';

/** Snapshot reads came with MongoDB 5.0, which speaks wire version 13. */
const SNAPSHOT_READS = 13;

/** Which version of a projection answers; `dropping` are those that may not any more. */
interface ActiveDocument {
  readonly _id: string;
  readonly version?: string;
  readonly dropping?: readonly string[];
}

/**
 * Views on a MongoDB server: a replica set or a cluster with transactions, or a server by itself, which it finds out at
 * start.
 */
export class MongoViewStore implements ViewStore {
  readonly name = 'mongodb';
  private readonly handles = new Map<string, { readonly id: string; readonly version: Promise<MongoViewVersion> }>();
  private closed = false;

  private constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
    /** `replica set` moves rows and checkpoint in one transaction; `standalone` by a redo log. */
    readonly server: ServerKind,
  ) {}

  /**
   * Connects and finds out what kind of server it is.
   * @param url a connection string; its path names the database.
   * @throws ViewStoreUnavailable when it does not answer within seconds; ViewStoreUnusable when it refuses the user, is
   * too old, or the URL is none.
   */
  static async open(url: string): Promise<MongoViewStore> {
    const { client, db, kind, wireVersion } = await translating(() => connectMongo(url));
    if (kind === 'replica set' && wireVersion < SNAPSHOT_READS) {
      await client.close();
      throw new ViewStoreUnusable('a replica set must be MongoDB 5.0 or newer: older ones have no snapshot reads');
    }
    return new MongoViewStore(client, db, kind);
  }

  /**
   * Whoever opens a version with the same collections again gets the same handle; they end with the store, or with the
   * version.
   */
  async open(projection: string, version: string, collections: readonly CollectionSpec[]): Promise<ViewVersion> {
    const id = this.idOf(projection, version);
    const name = JSON.stringify([id, collections]);
    const known = this.handles.get(name);
    if (known) return known.version;
    const opening = translating(() => this.openVersion(id, projection, version, new Collections(collections)));
    this.handles.set(name, { id, version: opening });
    opening.catch(() => this.handles.delete(name));
    return opening;
  }

  async active(projection: string): Promise<string | undefined> {
    this.check(projection);
    return (await translating(() => this.pointers.findOne({ _id: projection })))?.version;
  }

  async activate(projection: string, version: string): Promise<void> {
    const id = this.idOf(projection, version);
    await translating(async () => {
      const found = await this.versionDocuments.findOne({ _id: id });
      if (!found) throw new ViewStoreUnusable(`${projection} has no version ${version}`);
      if (found.filling) throw new ViewStoreUnusable(`version ${version} of ${projection} is still being filled`);
      // One that is being dropped does not match; the upsert then meets the pointer that is there.
      const moved = await this.pointers
        .updateOne({ _id: projection, dropping: { $ne: version } }, { $set: { version } }, { upsert: true })
        .catch(falseOnDuplicate);
      if (!moved) throw new ViewStoreUnusable(`version ${version} of ${projection} is being dropped`);
    });
  }

  async versions(projection: string): Promise<string[]> {
    this.check(projection);
    const found = await translating(() =>
      this.versionDocuments.find({ projection }, { projection: { version: 1 } }).toArray(),
    );
    return found.map((document) => document.version).sort();
  }

  async drop(projection: string, version: string): Promise<void> {
    const id = this.idOf(projection, version);
    await translating(async () => {
      const marked = await this.pointers
        .updateOne(
          { _id: projection, version: { $ne: version } },
          { $addToSet: { dropping: version } },
          { upsert: true },
        )
        .catch(falseOnDuplicate);
      if (!marked) throw new ViewStoreUnusable(`version ${version} of ${projection} is the one that answers`);
      const found = await this.versionDocuments.findOne({ _id: id });
      for (const collection of Object.keys(found?.layouts ?? {}))
        await this.db.collection(collectionName(id, collection)).drop();
      await this.redoLog(id).forgetAll();
      await this.versionDocuments.deleteOne({ _id: id });
      await this.pointers.updateOne({ _id: projection }, { $pull: { dropping: version } });
    });
    await this.closeHandles((handle) => handle.id === id);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.closeHandles(() => true);
    await this.client.close();
  }

  private async openVersion(
    id: string,
    projection: string,
    version: string,
    collections: Collections,
  ): Promise<MongoViewVersion> {
    const layouts = Object.fromEntries(collections.all.map((spec) => [spec.name, layoutOf(spec)]));
    await this.versionDocuments
      .updateOne(
        { _id: id },
        { $setOnInsert: { projection, version, layouts, filling: false, seq: 0n } },
        { upsert: true },
      )
      .catch(falseOnDuplicate); // somebody else made it in the same moment
    const found = await this.versionDocuments.findOne({ _id: id }, { useBigInt64: true });
    if (!found) throw new ViewStoreUnavailable(`${id} was dropped`);
    for (const spec of collections.all) await this.openCollection(found, spec);
    const log = this.redoLog(id);
    await log.prepare();
    // A server that had no transactions once may have left a page, late rows or orphans behind.
    const standalone = new StandaloneDeployment(this.db, this.versionDocuments, log, id, projection);
    const settled = await standalone.settled();
    await log.forgetOrphans(settled.pending?.page);
    await sweepAbandoned(this.db, this.versionDocuments, settled, (collection) => collectionName(id, collection));
    const deployment =
      this.server === 'standalone'
        ? standalone
        : new ReplicaSetDeployment(this.client, this.db, this.versionDocuments, id, projection);
    return new MongoViewVersion(
      projection,
      version,
      id,
      this.db,
      this.versionDocuments,
      collections,
      deployment,
      (collection) => collectionName(id, collection),
    );
  }

  /** Makes a collection's indexes when they are missing. */
  private async openCollection(found: VersionDocument, spec: CollectionSpec): Promise<void> {
    const layout = found.layouts[spec.name];
    if (layout === undefined)
      await this.versionDocuments.updateOne({ _id: found._id }, { $set: { [`layouts.${spec.name}`]: layoutOf(spec) } });
    else if (layout !== layoutOf(spec)) {
      throw new ViewStoreUnusable(
        `${found._id} keeps collection "${spec.name}" in another layout; a changed layout needs a new version`,
      );
    }
    const key = keyIndex(spec);
    const indexes = [...(key ? [key] : []), ...(found.filling ? [] : secondaryIndexes(spec))];
    await ensureIndexes(this.db.collection(collectionName(found._id, spec.name)), indexes);
  }

  private async closeHandles(which: (handle: { readonly id: string }) => boolean): Promise<void> {
    const chosen = [...this.handles].filter(([, handle]) => which(handle));
    for (const [name] of chosen) this.handles.delete(name);
    for (const opened of await Promise.allSettled(chosen.map(([, handle]) => handle.version))) {
      if (opened.status === 'fulfilled') opened.value.close();
    }
  }

  private get versionDocuments(): Collection<VersionDocument> {
    return this.db.collection<VersionDocument>('views.versions');
  }

  private get pointers(): Collection<ActiveDocument> {
    return this.db.collection<ActiveDocument>('views.active');
  }

  private redoLog(id: string): RedoLog {
    return new RedoLog(this.db.collection('views.redo'), id);
  }

  private idOf(projection: string, version: string): string {
    this.check(projection);
    checkLabel('version', version);
    return `${projection}@${version}`;
  }

  private check(projection: string): void {
    if (this.closed) throw new ViewStoreUnavailable('the view store was closed');
    checkLabel('projection', projection);
  }
}

function collectionName(id: string, collection: string): string {
  return `${id}.${collection}`;
}

function falseOnDuplicate(error: unknown): false {
  if (onlyDuplicates(error)) return false;
  throw error;
}
