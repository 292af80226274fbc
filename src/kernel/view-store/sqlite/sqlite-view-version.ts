import { dirname } from 'node:path';
import { checkMove } from '../checkpoint.js';
import type { Collections } from '../collection.js';
import { planDelete, type Paths } from '../query-plan.js';
import type { Checkpoint, Query, Row, Value, ViewReader, ViewVersion, Where, WriteBatch } from '../view-store.js';
import { ViewStoreUnavailable } from '../view-store.js';
import type { Connection } from './connection.js';
import { whenFree } from './failures.js';
import { deleteWhere, upsert, type Sql } from './sql.js';
import { readCheckpoint, SqliteReader, type Run } from './sqlite-reader.js';
import { rowEncoder, type SqliteValue } from './values.js';
import { beginFilling, endFilling, isFilling, openReader, openVersionFile } from './version-file.js';

/** Connections kept open for the next snapshot; more are opened when more run at once. */
const IDLE_READERS = 4;

const SAVE_CHECKPOINT =
  'INSERT INTO checkpoint (one, position, recorded_at, facts, fence, register) VALUES (1, ?, ?, ?, ?, ?) ' +
  'ON CONFLICT (one) DO UPDATE SET position = excluded.position, recorded_at = excluded.recorded_at, facts = excluded.facts, fence = excluded.fence, register = excluded.register';

interface Change extends Pick<Sql, 'text'> {
  readonly rows: readonly SqliteValue[][];
}

/**
 * One version of a projection in its own file: one connection writes, snapshots are read on others. Nothing here waits
 * inside SQLite, so a lock held by another process never brings the program to a stand.
 */
export class SqliteViewVersion implements ViewVersion {
  private readonly idle: Connection[] = [];
  private readonly reader: ViewReader;
  private closed = false;

  private constructor(
    readonly projection: string,
    readonly version: string,
    private readonly path: string,
    private readonly collections: Collections,
    private readonly writer: Connection,
    private bulk: boolean,
  ) {
    // On the writer's connection: another one would have to let go of its pages at every commit.
    this.reader = this.readerOn((read) => this.guarded(() => writer.transaction('DEFERRED', () => read(writer))));
  }

  /** @throws ViewStoreUnusable as `openVersionFile` says. */
  static async open(
    path: string,
    projection: string,
    version: string,
    collections: Collections,
  ): Promise<SqliteViewVersion> {
    const writer = await openVersionFile(path, collections);
    try {
      return new SqliteViewVersion(
        projection,
        version,
        path,
        collections,
        writer,
        await whenFree(path, () => isFilling(writer)),
      );
    } catch (error) {
      writer.close();
      throw error;
    }
  }

  get place(): string {
    return dirname(dirname(this.path));
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

  async find(collection: string, query: Query): Promise<Row[]> {
    await this.filling();
    return this.reader.find(collection, query);
  }

  async countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]> {
    await this.filling();
    return this.reader.countBy(collection, fields, where);
  }

  async write(batch: WriteBatch): Promise<void> {
    await this.filling();
    // Everything that can be refused is refused before the lock is taken, which keeps it short.
    const changes = [...this.deletes(batch), ...this.puts(batch)];
    await this.guarded(() => this.writer.transaction('IMMEDIATE', () => this.apply(batch, changes)));
  }

  async snapshot<T>(read: (reader: ViewReader) => Promise<T>): Promise<T> {
    this.checkOpen();
    const connection = this.idle.pop() ?? (await openReader(this.path));
    try {
      await this.guarded(() => begin(connection));
      return await read(this.readerOn((one) => this.guarded(() => one(connection))));
    } finally {
      connection.rollback();
      if (this.closed || this.idle.length >= IDLE_READERS) connection.close();
      else this.idle.push(connection);
    }
  }

  async filling(): Promise<boolean> {
    this.checkOpen();
    // Only a version that was being filled can stop being so behind our back; the common case asks nothing.
    if (this.bulk) this.bulk = await this.guarded(() => isFilling(this.writer));
    return this.bulk;
  }

  async beginBulk(): Promise<void> {
    await this.guarded(() => beginFilling(this.writer, this.path, this.collections));
    this.bulk = true;
  }

  async endBulk(): Promise<void> {
    this.checkOpen();
    await endFilling(this.writer, this.path, this.collections);
    this.bulk = false;
  }

  /** Closes every connection; a snapshot that still runs closes its own. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const connection of this.idle.splice(0)) connection.close();
    this.writer.closeWriter();
  }

  private apply(batch: WriteBatch, changes: readonly Change[]): void {
    checkMove(this.projection, readCheckpoint(this.writer), batch.expected, batch.next);
    for (const { text, rows } of changes) {
      const statement = this.writer.statement(text);
      for (const row of rows) statement.run(...row);
    }
    const { position, recordedAt, facts, fence, register } = batch.next;
    this.writer.statement(SAVE_CHECKPOINT).run(position.toString(), recordedAt, facts, fence, register ?? null);
  }

  private deletes(batch: WriteBatch): Change[] {
    return (batch.deletes ?? []).map(({ collection, where }) => {
      const spec = this.collections.get(collection);
      const { text, values } = deleteWhere(spec, planDelete(spec, where, this.paths()));
      return { text, rows: [values] };
    });
  }

  private puts(batch: WriteBatch): Change[] {
    return (batch.puts ?? []).map(({ collection, rows }) => {
      const spec = this.collections.get(collection);
      return { text: upsert(spec), rows: rows.map(rowEncoder(spec)) };
    });
  }

  private readerOn(run: Run): ViewReader {
    return new SqliteReader(this.collections, () => this.paths(), run);
  }

  private paths(): Paths {
    return this.bulk ? 'key-only' : 'all';
  }

  private guarded<T>(attempt: () => T): Promise<T> {
    return whenFree(this.path, () => {
      this.checkOpen();
      return attempt();
    });
  }

  private checkOpen(): void {
    if (this.closed) throw new ViewStoreUnavailable(`version ${this.version} of ${this.projection} was closed`);
  }
}

/** A transaction sees what it sees from its first read on, so it reads at once. */
function begin(connection: Connection): void {
  connection.exec('BEGIN');
  try {
    readCheckpoint(connection);
  } catch (error) {
    connection.rollback();
    throw error;
  }
}
