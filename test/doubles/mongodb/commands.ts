import { calculateObjectSize, Long, type Document } from 'bson';
import { aggregate, Query } from 'mingo';
import { CommandError, badHint, indexConflict, noSuchNamespace, notServed } from './errors.js';
import type { State, Tables, Transaction } from './state.js';
import { Table, type Index } from './table.js';
import { plainOf, typedOf, type Stored } from './values.js';
import { runAll, Writer } from './writes.js';

/** What a command runs on: the collections as its session sees them, and the transaction it is part of. */
export interface Context {
  readonly state: State;
  readonly sight: Tables;
  readonly transaction: Transaction | undefined;
  readonly database: string;
  readonly cursors: Cursors;
}

const FIRST_BATCH = 101;
const LATER_BATCH = 1_000;
const BATCH_BYTES = 15 * 1024 * 1024;

/** Results that were not handed over whole. */
export class Cursors {
  private readonly open = new Map<string, { readonly namespace: string; readonly rest: Document[] }>();
  private last = 0;

  first(namespace: string, documents: Document[], size: number): Document {
    const rest = [...documents];
    const firstBatch = batch(rest, size);
    const id = rest.length === 0 ? Long.ZERO : Long.fromNumber((this.last += 1));
    if (rest.length > 0) this.open.set(id.toString(), { namespace, rest });
    return { id, ns: namespace, firstBatch };
  }

  more(id: Long, size: number): Document {
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new CommandError(43, 'CursorNotFound', 'cursor not found');
    const nextBatch = batch(cursor.rest, size);
    if (cursor.rest.length === 0) this.open.delete(id.toString());
    return { id: cursor.rest.length === 0 ? Long.ZERO : id, ns: cursor.namespace, nextBatch };
  }

  kill(ids: readonly Long[]): void {
    for (const id of ids) this.open.delete(id.toString());
  }
}

/** Takes a batch off the list: so many documents, and no more bytes than an answer may have. */
function batch(documents: Document[], size: number): Document[] {
  let bytes = 0;
  const fitting = documents.findIndex(
    (document, index) => index >= size || (bytes += calculateObjectSize(document)) > BATCH_BYTES,
  );
  return documents.splice(0, fitting === -1 ? documents.length : fitting);
}

type Command = (command: Document, context: Context) => Document;

export const commands: Readonly<Record<string, Command>> = {
  insert: (command, context) => {
    const writer = writerFor(command['insert'], context);
    const documents = command['documents'] as Document[];
    const writeErrors = runAll(documents, command['ordered'] !== false, context.transaction !== undefined, (document) =>
      writer.insert(document),
    );
    writer.end();
    return { n: documents.length - writeErrors.length, ...(writeErrors.length > 0 && { writeErrors }) };
  },
  update: (command, context) => {
    const writer = writerFor(command['update'], context);
    const total = { n: 0, nModified: 0, upserted: [] as Document[] };
    const writeErrors = runAll(
      command['updates'] as Document[],
      command['ordered'] !== false,
      context.transaction !== undefined,
      (statement, index) => {
        const { n, modified, upserted } = writer.update(statement);
        total.n += n;
        total.nModified += modified;
        if (upserted !== undefined) total.upserted.push({ index, _id: upserted });
      },
    );
    writer.end();
    return { ...total, ...(writeErrors.length > 0 && { writeErrors }) };
  },
  delete: (command, context) => {
    const writer = writerFor(command['delete'], context);
    let n = 0;
    const writeErrors = runAll(
      command['deletes'] as Document[],
      command['ordered'] !== false,
      context.transaction !== undefined,
      (statement) => (n += writer.delete(statement)),
    );
    writer.end();
    return { n, ...(writeErrors.length > 0 && { writeErrors }) };
  },
  findAndModify: (command, context) => {
    const writer = writerFor(command['findAndModify'], context);
    const { n, upserted, before, after } = writer.update({
      q: command['query'],
      u: command['update'],
      upsert: command['upsert'],
    });
    writer.end();
    const lastErrorObject = { n, updatedExisting: before !== undefined, ...(upserted !== undefined && { upserted }) };
    return { lastErrorObject, value: (command['new'] === true ? after : before) ?? null };
  },
  find: (command, context) => {
    const { table, namespace } = tableFor(command['find'], context);
    const found = table?.matching(plainOf(command['filter'] ?? {}) as Document, command['hint']) ?? [];
    const limit = Number(plainOf(command['limit'] ?? 0));
    const chosen = sorted(found, command['sort'] as Document | undefined).slice(0, limit === 0 ? undefined : limit);
    const documents = chosen.map((document) =>
      projected(document.typed, command['projection'] as Document | undefined),
    );
    return { cursor: context.cursors.first(namespace, documents, batchSize(command, FIRST_BATCH)) };
  },
  aggregate: (command, context) => {
    const { table, namespace } = tableFor(command['aggregate'], context);
    const [first, ...stages] = command['pipeline'] as Document[];
    if (!first || !('$match' in first)) throw notServed('pipelines that do not begin with $match');
    const matched = table?.matching(plainOf(first['$match']) as Document, command['hint']) ?? [];
    const results = aggregate(
      matched.map((document) => document.plain),
      plainOf(stages) as Document[],
    );
    return {
      cursor: context.cursors.first(
        namespace,
        results.map((result) => typedOf(result) as Document),
        FIRST_BATCH,
      ),
    };
  },
  getMore: (command, { cursors }) => ({
    cursor: cursors.more(command['getMore'] as Long, batchSize(command, LATER_BATCH)),
  }),
  killCursors: (command, { cursors }) => {
    cursors.kill(command['cursors'] as Long[]);
    return { cursorsKilled: command['cursors'] as unknown };
  },
  createIndexes: (command, context) => {
    const { table = new Table(), namespace } = tableFor(command['createIndexes'], context);
    const wanted = (command['indexes'] as Document[]).map((index): Index => ({
      name: String(index['name']),
      key: plainOf(index['key']) as Document,
      unique: index['unique'] === true,
    }));
    for (const index of wanted) {
      const there = table.indexes.find((one) => one.name === index.name);
      if (there && JSON.stringify(there.key) !== JSON.stringify(index.key)) throw indexConflict();
    }
    const added = wanted.filter((index) => !table.indexes.some((one) => one.name === index.name));
    publish(context, namespace, table.copy([...table.indexes, ...added]));
    return { numIndexesBefore: table.indexes.length, numIndexesAfter: table.indexes.length + added.length };
  },
  listIndexes: (command, context) => {
    const { table, namespace } = tableFor(command['listIndexes'], context);
    if (!table) throw noSuchNamespace();
    const listed = table.indexes.map(({ name, key, unique }) => ({ v: 2, name, key, ...(unique && { unique }) }));
    return { cursor: context.cursors.first(namespace, listed, FIRST_BATCH) };
  },
  dropIndexes: (command, context) => {
    const { table, namespace } = tableFor(command['dropIndexes'], context);
    if (!table) throw noSuchNamespace();
    if (!table.indexes.some((index) => index.name === command['index'])) throw badHint();
    publish(context, namespace, table.copy(table.indexes.filter((index) => index.name !== command['index'])));
    return { nIndexesWas: table.indexes.length };
  },
  drop: (command, context) => {
    const { namespace } = tableFor(command['drop'], context);
    context.state.publish(new Map([...context.state.now].filter(([name]) => name !== namespace)));
    return {};
  },
  listDatabases: (_, { state }) => {
    const names = new Set([...state.now.keys()].map((namespace) => namespace.slice(0, namespace.indexOf('.'))));
    return { databases: [...names].map((name) => ({ name })) };
  },
  dropDatabase: (_, context) => {
    context.state.publish(new Map([...context.state.now].filter(([name]) => !name.startsWith(`${context.database}.`))));
    return {};
  },
};

function writerFor(collection: unknown, { state, transaction, database }: Context): Writer {
  return new Writer(state, `${database}.${String(collection)}`, transaction);
}

function tableFor(collection: unknown, { sight, database }: Context): { table: Table | undefined; namespace: string } {
  const namespace = `${database}.${String(collection)}`;
  return { table: sight.get(namespace), namespace };
}

function publish({ state }: Context, namespace: string, table: Table): void {
  state.publish(new Map(state.now).set(namespace, table));
}

function sorted(found: readonly Stored[], sort: Document | undefined): Stored[] {
  if (!sort || Object.keys(sort).length === 0) return [...found];
  const byPlain = new Map(found.map((document) => [document.plain, document]));
  const cursor = new Query({}).find<Document>([...byPlain.keys()]).sort(plainOf(sort) as Record<string, 1 | -1>);
  return cursor.all().flatMap((plain) => byPlain.get(plain) ?? []);
}

function projected(document: Document, projection: Document | undefined): Document {
  if (!projection || Object.keys(projection).length === 0) return document;
  const names = ['_id', ...Object.keys(projection)];
  return Object.fromEntries(Object.entries(document).filter(([name]) => names.includes(name)));
}

function batchSize(command: Document, fallback: number): number {
  return command['batchSize'] === undefined ? fallback : Number(plainOf(command['batchSize']));
}
