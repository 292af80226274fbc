import { fieldsOf, indexWithKey } from '../collection.js';
import type { Plan, Term } from '../query-plan.js';
import type { CollectionSpec, FieldType } from '../view-store.js';
import { encode, type SqliteValue } from './values.js';

const COLUMN_TYPES: Record<FieldType, string> = { uuid: 'BLOB', text: 'TEXT', integer: 'INTEGER', json: 'TEXT' };
const OPERATORS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

export interface Sql {
  readonly text: string;
  readonly values: SqliteValue[];
}

/** A name as SQL takes it whatever it is; names were checked to hold no quote. */
const quoted = (name: string): string => `"${name}"`;
const list = (names: readonly string[]): string => names.map(quoted).join(', ');
const table = (spec: CollectionSpec): string => quoted(`c:${spec.name}`);

/**
 * A collection's table. Small rows lie in their key's own tree (one tree, one look-up). Rows with JSON lie in a heap
 * beside it:
 * with random keys that filled 2.5 times as fast, because a large row is appended and only its key goes to a random
 * page.
 */
export function createTable(spec: CollectionSpec): string {
  const hasJson = Object.values(spec.fields).includes('json');
  const columns = Object.entries(spec.fields).map(
    ([field, type]) => `${quoted(field)} ${COLUMN_TYPES[type]}${spec.key.includes(field) ? ' NOT NULL' : ''}`,
  );
  return `CREATE TABLE IF NOT EXISTS ${table(spec)} (${columns.join(', ')}, PRIMARY KEY (${list(spec.key)})) STRICT${hasJson ? '' : ', WITHOUT ROWID'}`;
}

/** The name of the SQLite index that builds a declared one. */
export function indexName(spec: CollectionSpec, index: readonly string[]): string {
  return `i:${spec.name}:${index.join(',')}`;
}

export function createIndex(spec: CollectionSpec, index: readonly string[]): string {
  return `CREATE INDEX IF NOT EXISTS ${quoted(indexName(spec, index))} ON ${table(spec)} (${list(indexWithKey(spec, index))})`;
}

export function dropIndex(spec: CollectionSpec, index: readonly string[]): string {
  return `DROP INDEX IF EXISTS ${quoted(indexName(spec, index))}`;
}

/** Writes one row, or replaces the one with its key; takes the fields in declared order. */
export function upsert(spec: CollectionSpec): string {
  const fields = fieldsOf(spec);
  const others = fields.filter((field) => !spec.key.includes(field));
  const action =
    others.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${others.map((field) => `${quoted(field)} = excluded.${quoted(field)}`).join(', ')}`;
  return `INSERT INTO ${table(spec)} (${list(fields)}) VALUES (${fields.map(() => '?').join(', ')}) ON CONFLICT (${list(spec.key)}) ${action}`;
}

/** Reads one row by its key. */
export function selectByKey(spec: CollectionSpec): string {
  return `SELECT ${list(fieldsOf(spec))} FROM ${table(spec)} WHERE ${spec.key.map((field) => `${quoted(field)} = ?`).join(' AND ')}`;
}

export function select(spec: CollectionSpec, plan: Plan): Sql {
  const { text, values } = whereOf(spec, plan.terms);
  const order = plan.order.length === 0 ? '' : ` ORDER BY ${list(plan.order)}`;
  if (plan.limit === undefined)
    return { text: `SELECT ${list(fieldsOf(spec))} FROM ${table(spec)}${text}${order}`, values };
  return {
    text: `SELECT ${list(fieldsOf(spec))} FROM ${table(spec)}${text}${order} LIMIT ?`,
    values: [...values, plan.limit],
  };
}

export function deleteWhere(spec: CollectionSpec, plan: Plan): Sql {
  const { text, values } = whereOf(spec, plan.terms);
  return { text: `DELETE FROM ${table(spec)}${text}`, values };
}

export function countBy(spec: CollectionSpec, fields: readonly string[], plan: Plan): Sql {
  const { text, values } = whereOf(spec, plan.terms);
  const answer = [...fields.map(quoted), 'count(*) AS "count"'].join(', ');
  // Without fields there is one group, or none: GROUP BY nothing would answer a row with 0, which no other store does.
  const groups = fields.length === 0 ? ' HAVING count(*) > 0' : ` GROUP BY ${list(fields)}`;
  return { text: `SELECT ${answer} FROM ${table(spec)}${text}${groups}`, values };
}

function whereOf(spec: CollectionSpec, terms: readonly Term[]): Sql {
  const values: SqliteValue[] = [];
  const conditions = terms.flatMap((term) => {
    const type = spec.fields[term.field] ?? 'text';
    const column = quoted(term.field);
    if (term.op === 'eq') {
      if (term.value === null) return [`${column} IS NULL`];
      values.push(encode(type, term.value));
      return [`${column} = ?`];
    }
    if (term.op === 'in') {
      // One parameter however many values: one statement serves all, and SQLite's limit on parameters is never met.
      values.push(
        JSON.stringify(type === 'uuid' ? term.values.map((value) => String(value).replaceAll('-', '')) : term.values),
      );
      return [`${column} IN (SELECT ${type === 'uuid' ? 'unhex(value)' : 'value'} FROM json_each(?))`];
    }
    return term.bounds.map((bound) => {
      values.push(encode(type, bound.value));
      return `${column} ${OPERATORS[bound.than]} ?`;
    });
  });
  return { text: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, values };
}
