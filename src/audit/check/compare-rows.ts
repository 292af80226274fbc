import { isDeepStrictEqual } from 'node:util';
import type { CollectionSpec, Row, Value, ViewReader } from '../../kernel/view-store/view-store.js';
import type { CheckFindings } from './check-finding.js';

type Key = readonly Value[];

/**
 * Compares rows of one collection that are both in the order of their key, up to and including `bound` (all of them
 * when it is undefined).
 */
export function compareRows(
  spec: CollectionSpec,
  stored: readonly Row[],
  fresh: readonly Row[],
  bound: Key | undefined,
  findings: CheckFindings,
): void {
  const within = (rows: readonly Row[]): Map<string, Row> =>
    new Map(
      rows
        .filter((row) => !bound || compareKeys(keyOf(spec, row), bound) <= 0)
        .map((row) => [keyOf(spec, row).join(' '), row]),
    );
  const left = within(stored);
  for (const [key, row] of within(fresh)) {
    const other = left.get(key);
    left.delete(key);
    if (!other) findings.add('ROW_MISSING', `${spec.name} ${key}: the view has no such row`);
    else if (!saysTheSame(other, row))
      findings.add('ROW_DIFFERS', `${spec.name} ${key}: the view says something else than the log`);
  }
  for (const key of left.keys()) findings.add('ROW_TOO_MANY', `${spec.name} ${key}: the log gives no such row`);
}

/** The rows behind a key, in the order of the key; a compound key is taken up from its last field to its first. */
export async function rowsAfter(
  reader: ViewReader,
  spec: CollectionSpec,
  after: Key | undefined,
  limit: number,
): Promise<Row[]> {
  if (!after) return reader.find(spec.name, { orderBy: spec.key, limit });
  const rows: Row[] = [];
  for (let field = spec.key.length - 1; field >= 0 && rows.length < limit; field -= 1) {
    const same = Object.fromEntries(spec.key.slice(0, field).map((name, at) => [name, after[at] ?? null]));
    const name = spec.key[field] ?? '';
    rows.push(
      ...(await reader.find(spec.name, {
        where: { ...same, [name]: { gt: after[field] ?? null } },
        orderBy: spec.key,
        limit: limit - rows.length,
      })),
    );
  }
  return rows;
}

export function keyOf({ key }: CollectionSpec, row: Row): Key {
  return key.map((field) => row[field] as Value);
}

/** In the order in which every view store keeps keys: numbers by size, texts by their characters (keys are ASCII). */
export function compareKeys(one: Key, other: Key): number {
  for (const [at, value] of one.entries()) {
    const against = other[at] ?? null;
    if (value === against) continue;
    return (value ?? '') < (against ?? '') ? -1 : 1;
  }
  return 0;
}

/** Whether two rows are the same when they are read back: some stores leave out what is undefined. */
export function saysTheSame(one: Row, other: Row): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(row: Row): unknown {
  return JSON.parse(JSON.stringify(row));
}
