import { fieldsOf, fromStored, toStoredKey, type Collections } from '../collection.js';
import { planCount, planFind, type Paths } from '../query-plan.js';
import type { Checkpoint, Query, Row, Value, ViewReader, Where } from '../view-store.js';
import type { Connection } from './connection.js';
import { countBy, select, selectByKey } from './sql.js';
import { decodeRow, encode, type SqliteValue } from './values.js';

type Found = Record<string, SqliteValue>;

/** Runs one read on a connection; retrying and transactions are the caller's business. */
export type Run = <T>(read: (connection: Connection) => T) => Promise<T>;

/** The questions of the port, each one SQL statement on a connection that it is lent. */
export class SqliteReader implements ViewReader {
  constructor(
    private readonly collections: Collections,
    private readonly paths: () => Paths,
    private readonly run: Run,
  ) {}

  checkpoint(): Promise<Checkpoint | undefined> {
    return this.run(readCheckpoint);
  }

  async get(collection: string, key: readonly Value[]): Promise<Row | undefined> {
    return (await this.getMany(collection, [key]))[0];
  }

  async getMany(collection: string, keys: readonly (readonly Value[])[]): Promise<(Row | undefined)[]> {
    const spec = this.collections.get(collection);
    const text = selectByKey(spec);
    const encoded = keys.map((key) =>
      toStoredKey(spec, key).map((value, at) => encode(spec.fields[spec.key[at] ?? ''] ?? 'text', value)),
    );
    // An embedded store answers a look-up in microseconds: a loop over one statement beats any list in SQL.
    return this.run((connection) => {
      const statement = connection.statement(text);
      return encoded.map((key) => {
        const found = statement.get(...key) as Found | undefined;
        return found && fromStored(spec, decodeRow(spec, fieldsOf(spec), found));
      });
    });
  }

  async find(collection: string, query: Query): Promise<Row[]> {
    const spec = this.collections.get(collection);
    const { text, values } = select(spec, planFind(spec, query, this.paths()));
    const fields = fieldsOf(spec);
    return this.run((connection) =>
      Array.from(connection.statement(text).all(...values) as Found[], (found) =>
        fromStored(spec, decodeRow(spec, fields, found)),
      ),
    );
  }

  async countBy(collection: string, fields: readonly string[], where: Where): Promise<Row[]> {
    const spec = this.collections.get(collection);
    const { text, values } = countBy(spec, fields, planCount(spec, fields, where, this.paths()));
    return this.run((connection) =>
      Array.from(connection.statement(text).all(...values) as Found[], (found) =>
        decodeRow(spec, [...fields, 'count'], found),
      ),
    );
  }
}

/** The checkpoint as the connection sees it. Positions are kept as digits: they may be larger than a JS number. */
export function readCheckpoint(connection: Connection): Checkpoint | undefined {
  const found = connection.statement('SELECT position, recorded_at, facts, fence, register FROM checkpoint').get() as
    { position: string; recorded_at: string; facts: number; fence: number; register: string | null } | undefined;
  return (
    found && {
      position: BigInt(found.position),
      recordedAt: found.recorded_at,
      facts: found.facts,
      fence: found.fence,
      ...(found.register === null ? {} : { register: found.register }),
    }
  );
}
