import { checkMove } from '../checkpoint.js';
import { Collections, fromStored, layoutOf, toStored, toStoredKey, type StoredRow } from '../collection.js';
import { planCount, planDelete, planFind, type Paths } from '../query-plan.js';
import type {
  Checkpoint,
  CollectionSpec,
  Query,
  Row,
  Value,
  ViewReader,
  ViewVersion,
  Where,
  WriteBatch,
} from '../view-store.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';
import { MemoryTable } from './memory-table.js';

/** What one reader sees: tables and the checkpoint that belongs to them. */
interface Sight {
  readonly tables: Map<string, MemoryTable>;
  checkpoint: Checkpoint | undefined;
}

/**
 * One version of a projection in memory. A write happens in one turn of the event loop, so it is atomic; a snapshot
 * keeps the tables it began with.
 */
export class MemoryViewVersion implements ViewVersion {
  readonly place = 'memory';
  private readonly now: Sight = { tables: new Map(), checkpoint: undefined };
  private readonly reader: ViewReader;
  private bulk = false;
  private closed = false;
  private collections = new Collections([]);

  constructor(
    readonly projection: string,
    readonly version: string,
  ) {
    this.reader = this.readerOf(this.now);
  }

  /**
   * Makes the collections and indexes that are missing.
   * @throws ViewStoreUnusable when one lies there in another layout.
   */
  adopt(asked: Collections): void {
    const known = new Map(this.collections.all.map((spec) => [spec.name, spec]));
    const changed = asked.all.flatMap((spec) => this.merged(known.get(spec.name), spec) ?? []);
    for (const spec of changed) {
      this.now.tables.set(spec.name, this.now.tables.get(spec.name)?.copy(spec) ?? new MemoryTable(spec));
      known.set(spec.name, spec);
    }
    this.collections = new Collections([...known.values()]);
  }

  /** The collection with the indexes of both, or undefined when nothing is new. */
  private merged(known: CollectionSpec | undefined, asked: CollectionSpec): CollectionSpec | undefined {
    if (!known) return asked;
    if (layoutOf(known) !== layoutOf(asked)) {
      throw new ViewStoreUnusable(
        `version ${this.version} of ${this.projection} keeps collection "${asked.name}" in another layout; a changed layout needs a new version`,
      );
    }
    const there = new Set((known.indexes ?? []).map((index) => index.join()));
    const more = (asked.indexes ?? []).filter((index) => !there.has(index.join()));
    return more.length === 0 ? undefined : { ...known, indexes: [...(known.indexes ?? []), ...more] };
  }

  checkpoint(): Promise<Checkpoint | undefined> {
    return this.reader.checkpoint();
  }

  get(collection: string, key: readonly Value[]): Promise<Row | undefined> {
    return this.reader.get(collection, key);
  }

  getMany(collection: string, keys: readonly (readonly Value[])[]): Promise<(Row | undefined)[]> {
    return this.reader.getMany(collection, keys);
  }

  find(collection: string, query: Query): Promise<Row[]> {
    return this.reader.find(collection, query);
  }

  countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]> {
    return this.reader.countBy(collection, fields, where);
  }

  async write(batch: WriteBatch): Promise<void> {
    this.checkOpen();
    // All that can be refused comes first: what follows cannot fail half-way.
    const deletes = (batch.deletes ?? []).map(({ collection, where }) => ({
      collection,
      plan: planDelete(this.collections.get(collection), where, this.paths()),
    }));
    const puts = (batch.puts ?? []).map(({ collection, rows }) => ({
      collection,
      rows: rows.map((row) => toStored(this.collections.get(collection), row)),
    }));
    checkMove(this.projection, this.now.checkpoint, batch.expected, batch.next);
    for (const { collection, plan } of deletes) this.writable(collection).deleteAll(plan);
    for (const { collection, rows } of puts) {
      const table = this.writable(collection);
      for (const row of rows) table.put(row);
    }
    this.now.checkpoint = { ...batch.next };
  }

  async snapshot<T>(read: (reader: ViewReader) => Promise<T>): Promise<T> {
    this.checkOpen();
    const sight: Sight = { tables: new Map(this.now.tables), checkpoint: this.now.checkpoint };
    for (const table of sight.tables.values()) table.pins += 1;
    try {
      return await read(this.readerOf(sight));
    } finally {
      for (const table of sight.tables.values()) table.pins -= 1;
    }
  }

  async filling(): Promise<boolean> {
    this.checkOpen();
    return this.bulk;
  }

  async beginBulk(): Promise<void> {
    this.checkOpen();
    if (!this.bulk && this.now.checkpoint)
      throw new ViewStoreUnusable(
        `version ${this.version} of ${this.projection} holds pages already; only a fresh version is filled in bulk`,
      );
    this.bulk = true;
  }

  async endBulk(): Promise<void> {
    this.checkOpen();
    this.bulk = false;
  }

  close(): void {
    this.closed = true;
  }

  private writable(collection: string): MemoryTable {
    const table = tableOf(this.now, collection);
    if (table.pins === 0) return table;
    const copy = table.copy();
    this.now.tables.set(collection, copy);
    return copy;
  }

  private readerOf(sight: Sight): ViewReader {
    return new MemoryReader(
      sight,
      () => this.collections,
      () => this.paths(),
      () => this.checkOpen(),
    );
  }

  private paths(): Paths {
    return this.bulk ? 'key-only' : 'all';
  }

  private checkOpen(): void {
    if (this.closed) throw new ViewStoreUnavailable(`version ${this.version} of ${this.projection} was closed`);
  }
}

class MemoryReader implements ViewReader {
  constructor(
    private readonly sight: Sight,
    private readonly collections: () => Collections,
    private readonly paths: () => Paths,
    private readonly checkOpen: () => void,
  ) {}

  async checkpoint(): Promise<Checkpoint | undefined> {
    this.checkOpen();
    return this.sight.checkpoint && { ...this.sight.checkpoint };
  }

  async get(collection: string, key: readonly Value[]): Promise<Row | undefined> {
    return (await this.getMany(collection, [key]))[0];
  }

  async getMany(collection: string, keys: readonly (readonly Value[])[]): Promise<(Row | undefined)[]> {
    this.checkOpen();
    const spec = this.collections().get(collection);
    const table = tableOf(this.sight, collection);
    const found = keys.map((key) => table.get(toStoredKey(spec, key)));
    return found.map((row) => row && fromStored(spec, row));
  }

  async find(collection: string, query: Query): Promise<Row[]> {
    this.checkOpen();
    const spec = this.collections().get(collection);
    const plan = planFind(spec, query, this.paths());
    return tableOf(this.sight, collection)
      .find(plan)
      .map((row) => fromStored(spec, row));
  }

  async countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]> {
    this.checkOpen();
    const plan = planCount(this.collections().get(collection), fields, where, this.paths());
    return countRows(fields, tableOf(this.sight, collection).find(plan));
  }
}

function tableOf(sight: Sight, collection: string): MemoryTable {
  const table = sight.tables.get(collection);
  if (!table) throw new TypeError(`no collection ${collection}`);
  return table;
}

function countRows(fields: readonly string[], rows: readonly StoredRow[]): Row[] {
  const groups = new Map<string, Record<string, Value> & { count: number }>();
  for (const row of rows) {
    const values = fields.map((field) => row[field] ?? null);
    const group = groups.get(JSON.stringify(values));
    if (group) group.count += 1;
    else
      groups.set(JSON.stringify(values), {
        ...Object.fromEntries(fields.map((field, at) => [field, values[at] ?? null])),
        count: 1,
      });
  }
  return [...groups.values()];
}
