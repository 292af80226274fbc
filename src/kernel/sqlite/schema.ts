import { openDatabase, type SqliteDatabase } from './sqlite.js';

interface SchemaRow {
  readonly name: string;
  readonly sql: string | null;
}

/** What a schema makes, by name; made once in memory for each schema that is asked for. */
const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * Compares tables, indexes and triggers of a file with those that this program makes. A trigger that is gone lets anybody change what it
 * guards, and nothing else would show it.
 * @param schema the statements that make a new file
 * @param problem makes the error from the first difference, in words
 * @throws what `problem` makes
 */
export function assertSchema(db: SqliteDatabase, schema: string, problem: (difference: string) => Error): void {
  const difference = schemaDifference(db, schema);
  if (difference !== undefined) throw problem(difference);
}

/** The first difference between a file's schema and the one that this program makes, in words; undefined when there is none. */
export function schemaDifference(db: SqliteDatabase, schema: string): string | undefined {
  const wanted = made(schema);
  const found = objectsOf(db);
  for (const [name, sql] of wanted) {
    const there = found.get(name);
    if (there === undefined) return `${name} is missing`;
    if (there !== sql) return `${name} is another`;
  }
  const more = [...found.keys()].find((name) => !wanted.has(name));
  return more === undefined ? undefined : `${more} does not belong there`;
}

function made(schema: string): ReadonlyMap<string, string> {
  const before = known.get(schema);
  if (before) return before;
  const db = openDatabase(':memory:');
  try {
    db.exec(schema);
    const objects = objectsOf(db);
    known.set(schema, objects);
    return objects;
  } finally {
    db.close();
  }
}

/** Objects that SQLite makes by itself have no text and follow from those that do. */
function objectsOf(db: SqliteDatabase): ReadonlyMap<string, string> {
  const rows = db
    .prepare("SELECT type || ' ' || name AS name, sql FROM sqlite_schema ORDER BY 1")
    .all() as unknown as SchemaRow[];
  return new Map(
    rows.flatMap(({ name, sql }) =>
      sql === null || name.startsWith('table sqlite_') ? [] : [[name, sql.replaceAll(/\s+/g, ' ').trim()] as const],
    ),
  );
}
