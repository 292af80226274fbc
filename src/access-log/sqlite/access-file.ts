import { openOwnFile, type OwnFile } from '../../kernel/sqlite/own-file.js';
import { schemaDifference } from '../../kernel/sqlite/schema.js';
import { type SqliteDatabase, type SqliteStatement, closeDatabase, inTransaction } from '../../kernel/sqlite/sqlite.js';
import {
  type AccessHead,
  AccessLogUnavailable,
  type AccessQuery,
  type DisposedAccess,
  type RawAccess,
} from '../access-log.js';
import { ACCESS_CHAIN_START, type AccessRecord, readAccess, type StoredAccess } from '../access-record.js';
import { APPLICATION_ID, DELETABLE, FORMAT_VERSION, NOT_DELETABLE, SCHEMA } from './schema.js';

/** So many records are read at a time. */
const PAGE = 500;

const ACCESS_FILE: OwnFile = {
  name: 'access log',
  schema: SCHEMA,
  applicationId: APPLICATION_ID,
  format: FORMAT_VERSION,
  writing: 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON',
  readAltered: true,
  whenAltered: 'run verify',
  refused: (why) => new AccessLogUnavailable(why),
};

interface Row {
  readonly position: number;
  readonly node: string;
  readonly n: number;
  readonly at: string;
  readonly body: Uint8Array;
  readonly hash: Uint8Array;
}

/** The end of a node's chain, and the time of its last record. */
export interface ChainEnd extends AccessHead {
  readonly at?: string;
}

/** The records of one or more nodes in one SQLite file, with an index by person and by reader. */
export class AccessFile {
  private readonly statements = new Map<string, SqliteStatement>();

  private constructor(private readonly db: SqliteDatabase) {}

  /**
   * Opens the file, or makes it. For reading, a file whose triggers are gone is opened too: whoever verifies it tells so.
   * @throws AccessLogUnavailable for a file that is none of ours; the driver's error
   */
  static open(path: string, readOnly: boolean): AccessFile {
    return new AccessFile(openOwnFile(path, ACCESS_FILE, { readOnly }));
  }

  /** @param work is undone as a whole when it throws */
  transaction<T>(work: () => T): T {
    return inTransaction(this.db, work);
  }

  /** Where a node's chain ends; of one that has no record yet, where it begins. */
  end(node: string): ChainEnd {
    const last = this.sql('SELECT n, hash, at FROM records WHERE node = ? ORDER BY n DESC LIMIT 1').get(node) as
      Pick<Row, 'n' | 'hash' | 'at'> | undefined;
    if (last) return { node, ...last };
    const gone = this.sql('SELECT n, hash FROM disposed WHERE node = ? ORDER BY n DESC LIMIT 1').get(node) as
      Pick<Row, 'n' | 'hash'> | undefined;
    return { node, ...(gone ?? { n: 0, hash: ACCESS_CHAIN_START }) };
  }

  /** Adds records, within a transaction. */
  add(records: readonly StoredAccess[]): void {
    let position = this.lastPosition();
    const insert = this.sql('INSERT INTO records (position, node, n, at, body, hash) VALUES (?, ?, ?, ?, ?, ?)');
    const index = this.sql('INSERT INTO seen (key, position) VALUES (?, ?)');
    for (const { record, bytes, hash } of records) {
      position += 1;
      insert.run(position, record.node, record.n, record.at, bytes, hash);
      for (const name of namesOf(record)) index.run(this.keyOf(name), position);
    }
  }

  *read({ persons, subject, from, to }: AccessQuery): Generator<StoredAccess> {
    const groups = [persons?.map(personName), subject === undefined ? undefined : [readerName(subject)]].filter(
      (group) => group !== undefined,
    );
    const where = ['position > ?'];
    for (const names of groups)
      where.push(
        `position IN (SELECT position FROM seen JOIN names USING (key) WHERE name IN (${names.map(() => '?').join(', ')}))`,
      );
    if (from !== undefined) where.push('at >= ?');
    if (to !== undefined) where.push('at < ?');
    const statement = this.db.prepare(
      `SELECT * FROM records WHERE ${where.join(' AND ')} ORDER BY position LIMIT ${PAGE}`,
    );
    const times = [from, to].filter((time) => time !== undefined);
    let after = 0;
    for (;;) {
      const rows = statement.all(after, ...groups.flat(), ...times) as unknown as Row[];
      for (const row of rows) {
        const { record, bytes, hash } = raw(row);
        if (!record) throw new AccessLogUnavailable(`record ${row.n} of ${row.node} cannot be read: run verify`);
        yield { record, bytes, hash };
      }
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.position;
    }
  }

  /** Every row as it lies there, in the order of the file. */
  *raw(): Generator<RawAccess & { readonly position: number }> {
    const statement = this.db.prepare(`SELECT * FROM records WHERE position > ? ORDER BY position LIMIT ${PAGE}`);
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const rows = statement.all(after) as unknown as Row[];
      for (const row of rows) yield raw(row);
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.position;
    }
  }

  heads(): AccessHead[] {
    const nodes = this.db.prepare('SELECT node FROM records UNION SELECT node FROM disposed ORDER BY 1').all() as {
      node: string;
    }[];
    return nodes.map(({ node }) => {
      const { n, hash } = this.end(node);
      return { node, n, hash };
    });
  }

  count(): number {
    return (this.db.prepare('SELECT count(*) AS records FROM records').get() as { records: number }).records;
  }

  disposed(): DisposedAccess[] {
    return this.db.prepare('SELECT * FROM disposed ORDER BY at, node, n').all() as unknown as DisposedAccess[];
  }

  /** Removes what was recorded before an instant. */
  dispose(before: string, at: string): DisposedAccess[] {
    const gone = this.transaction(() => {
      const ends = this.db
        .prepare(
          `SELECT node, max(n) AS n, count(*) AS count FROM records WHERE at < ?
           AND n < (SELECT coalesce(min(n), 9007199254740991) FROM records AS kept WHERE kept.node = records.node AND kept.at >= ?)
           GROUP BY node`,
        )
        .all(before, before) as unknown as Pick<DisposedAccess, 'node' | 'n' | 'count'>[];
      if (ends.length === 0) return [];
      this.db.exec(DELETABLE);
      const entries = ends.map(({ node, n, count }) => {
        const { hash } = this.db.prepare('SELECT hash FROM records WHERE node = ? AND n = ?').get(node, n) as {
          hash: Uint8Array;
        };
        this.db
          .prepare('INSERT INTO disposed (node, n, hash, before, count, at) VALUES (?, ?, ?, ?, ?, ?)')
          .run(node, n, hash, before, count, at);
        this.db.prepare('DELETE FROM records WHERE node = ? AND n <= ?').run(node, n);
        return { node, n, hash, before, count, at };
      });
      this.db.exec('DELETE FROM seen WHERE position NOT IN (SELECT position FROM records)');
      this.db.exec(NOT_DELETABLE);
      return entries;
    });
    return gone;
  }

  /** Writes the file anew: what went must not be found in its free pages. */
  compact(): void {
    this.db.exec('VACUUM');
  }

  /** What lies beside the records and differs from them: the index, and the file's own form. */
  misplaced(): string[] {
    const found: string[] = [];
    const schema = schemaDifference(this.db, SCHEMA);
    if (schema !== undefined) found.push(`the file of the access log is not as this program made it: ${schema}`);
    const names = new Map(
      (this.db.prepare('SELECT key, name FROM names').all() as { key: number; name: string }[]).map(({ key, name }) => [
        key,
        name,
      ]),
    );
    const seen = this.db.prepare('SELECT key FROM seen WHERE position = ?');
    let indexed = 0;
    for (const { position, node, n, record } of this.raw()) {
      if (!record) continue;
      const wanted = namesOf(record);
      const rows = (seen.all(position) as { key: number }[]).map(({ key }) => names.get(key));
      indexed += rows.length;
      if (rows.length !== wanted.size || rows.some((name) => name === undefined || !wanted.has(name)))
        found.push(`record ${n} of ${node} is not found by its persons and its reader: the index differs`);
    }
    const { all } = this.db.prepare('SELECT count(*) AS "all" FROM seen').get() as { all: number };
    if (all > indexed && found.length === 0) found.push('the index of the access log names records that are not there');
    return found;
  }

  close(): void {
    if (this.db.isOpen) closeDatabase(this.db);
  }

  private lastPosition(): number {
    const row = this.sql('SELECT coalesce(max(position), 0) AS last FROM records').get() as { last: number };
    if (row.last > 0) return row.last;
    // Everything went: positions go on, so that no record ever stands where another stood.
    return (this.db.prepare('SELECT coalesce(sum(count), 0) AS last FROM disposed').get() as { last: number }).last;
  }

  private keyOf(name: string): number {
    const known = this.sql('SELECT key FROM names WHERE name = ?').get(name) as { key: number } | undefined;
    return known?.key ?? Number(this.sql('INSERT INTO names (name) VALUES (?)').run(name).lastInsertRowid);
  }

  private sql(text: string): SqliteStatement {
    let statement = this.statements.get(text);
    if (!statement) this.statements.set(text, (statement = this.db.prepare(text)));
    return statement;
  }
}

/** What a record is found by. Persons and readers have ids of their own kinds, and one must not stand for the other. */
function namesOf({ persons, who }: AccessRecord): Set<string> {
  return new Set([...persons.map(personName), readerName(who.id)]);
}

function personName(id: string): string {
  return `p:${id}`;
}

function readerName(id: string): string {
  return `r:${id}`;
}

function raw({ body, ...row }: Row): RawAccess & { readonly position: number } {
  return { ...row, bytes: body, record: readAccess(body) };
}
