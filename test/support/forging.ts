import { createHash } from 'node:crypto';
import { closeDatabase, openDatabase, type SqliteDatabase } from '../../src/kernel/sqlite/sqlite.js';

/** The log's file, opened as somebody with a SQLite shell would: its triggers out of the way, and put back afterwards. */
export function withoutGuards<T>(events: string, work: (db: SqliteDatabase) => T): T {
  const db = openDatabase(events);
  try {
    const guards = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as unknown as {
      name: string;
      sql: string;
    }[];
    for (const { name } of guards) db.exec(`DROP TRIGGER ${name}`);
    const result = work(db);
    for (const { sql } of guards) db.exec(sql);
    return result;
  } finally {
    closeDatabase(db);
  }
}

interface Row {
  readonly position: number;
  readonly body: Uint8Array;
}

/**
 * What whoever can write the file and knows the byte format does: an old event says another day, and the chain of its
 * stream is reckoned anew from there, so that no hash is wrong. Written apart from the program, from byte-format.md.
 * @returns the position of the event
 */
export function forgeEvent(events: string, position = 4): number {
  withoutGuards(events, (db) => {
    const { stream } = db.prepare('SELECT stream FROM events WHERE position = ?').get(position) as { stream: number };
    const rows = db
      .prepare('SELECT position, body FROM events WHERE stream = ? ORDER BY revision')
      .all(stream) as unknown as Row[];
    const update = db.prepare('UPDATE events SET body = ?, hash = ? WHERE position = ?');
    let chain = Buffer.alloc(32);
    for (const row of rows) {
      const text = Buffer.from(row.body).toString();
      const body = Buffer.from(
        row.position === position ? text.replace(/"effectiveOn":"20/, '"effectiveOn":"19') : text,
      );
      chain = createHash('sha256').update(Buffer.from('fok:chain:v1\0')).update(chain).update(body).digest();
      update.run(body, chain, row.position);
    }
  });
  return position;
}
