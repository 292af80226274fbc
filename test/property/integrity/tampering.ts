import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type SqliteDatabase, closeDatabase, openDatabase } from '../../../src/kernel/sqlite/sqlite.js';

/** What somebody with the file in hand can do to the log. Triggers do not hinder them: they are dropped first. */
export type Tampering =
  | {
      readonly kind: 'flip';
      readonly row: number;
      readonly column: 'id' | 'type' | 'recorded_at' | 'body' | 'hash' | 'revision' | 'stream' | 'position';
      readonly bit: number;
    }
  | { readonly kind: 'flip name'; readonly row: number; readonly bit: number }
  | { readonly kind: 'delete'; readonly row: number; readonly renumber: boolean }
  | { readonly kind: 'cut off'; readonly rows: number }
  | { readonly kind: 'swap'; readonly one: number; readonly other: number }
  | { readonly kind: 'double'; readonly row: number; readonly at: number };

/** @param rows how many events the log has */
export function tamperings(rows: number): fc.Arbitrary<Tampering> {
  const row = fc.integer({ min: 1, max: rows });
  return fc.oneof(
    fc.record({
      kind: fc.constant('flip' as const),
      row,
      column: fc.constantFrom('id', 'type', 'recorded_at', 'body', 'hash', 'revision', 'stream', 'position'),
      bit: fc.nat(),
    }),
    fc.record({ kind: fc.constant('flip name' as const), row, bit: fc.nat() }),
    fc.record({ kind: fc.constant('delete' as const), row, renumber: fc.boolean() }),
    fc.record({ kind: fc.constant('cut off' as const), rows: fc.integer({ min: 1, max: rows - 1 }) }),
    fc
      .tuple(row, row)
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => ({ kind: 'swap' as const, one, other })),
    fc.record({ kind: fc.constant('double' as const), row, at: fc.integer({ min: 1, max: rows + 1 }) }),
  );
}

let copies = 0;

/**
 * A copy of the log, ready to be tampered with. Each has a name of its own: a write-ahead log left by the last one
 * would be taken for its.
 */
export function copyLog(events: string, folder: string): string {
  const path = join(folder, `tampered-${(copies += 1)}.sqlite`);
  copyFileSync(events, path);
  return path;
}

/** Does it. @returns false when nothing came of it: the bit that was flipped gave a value that the file cannot hold */
export function tamper(path: string, tampering: Tampering): boolean {
  const db = openDatabase(path);
  try {
    dropGuards(db);
    return apply(db, tampering);
  } finally {
    closeDatabase(db);
  }
}

/** Cuts off the last events and leaves the file as the program makes it, so that it can be written to again. */
export function cutOffTidily(path: string, rows: number): void {
  const db = openDatabase(path);
  try {
    const guards = dropGuards(db);
    apply(db, { kind: 'cut off', rows });
    db.exec('DROP INDEX events_by_stream; DROP INDEX events_by_id');
    for (const { sql } of guards) db.exec(sql);
  } finally {
    closeDatabase(db);
  }
}

/**
 * The triggers and unique indexes, and with them the program's own guard. The tables' form stays.
 * @returns what was dropped
 */
function dropGuards(db: SqliteDatabase): readonly { readonly sql: string }[] {
  const guards = db
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE type = 'trigger' OR (type = 'index' AND sql IS NOT NULL)")
    .all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of guards) db.exec(`DROP ${type} ${name}`);
  db.exec('CREATE INDEX events_by_stream ON events (stream, revision); CREATE INDEX events_by_id ON events (id)');
  db.exec('PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF');
  return guards;
}

function apply(db: SqliteDatabase, tampering: Tampering): boolean {
  switch (tampering.kind) {
    case 'flip':
      return flip(db, tampering.row, tampering.column, tampering.bit);
    case 'flip name': {
      const { stream } = db.prepare('SELECT stream FROM events WHERE position = ?').get(tampering.row) as {
        stream: number;
      };
      const { name } = db.prepare('SELECT name FROM streams WHERE key = ?').get(stream) as { name: string };
      return attempt(() =>
        db.prepare('UPDATE streams SET name = ? WHERE key = ?').run(flipText(name, tampering.bit), stream),
      );
    }
    case 'delete':
      db.prepare('DELETE FROM events WHERE position = ?').run(tampering.row);
      if (tampering.renumber) shift(db, tampering.row, -1);
      return true;
    case 'cut off':
      db.prepare('DELETE FROM events WHERE position > (SELECT max(position) FROM events) - ?').run(tampering.rows);
      return true;
    case 'swap':
      db.prepare('UPDATE events SET position = -1 WHERE position = ?').run(tampering.one);
      db.prepare('UPDATE events SET position = ? WHERE position = ?').run(tampering.one, tampering.other);
      db.prepare('UPDATE events SET position = ? WHERE position = -1').run(tampering.other);
      return true;
    case 'double':
      shift(db, tampering.at, 1);
      db.prepare(
        'INSERT INTO events SELECT ?, stream, revision, id, type, recorded_at, body, hash FROM events WHERE position = ?',
      ).run(tampering.at, tampering.row + (tampering.row >= tampering.at ? 1 : 0));
      return true;
  }
}

/** Moves every event from a position on. */
function shift(db: SqliteDatabase, from: number, by: 1 | -1): void {
  db.prepare('UPDATE events SET position = -position WHERE position >= ?').run(from);
  db.prepare('UPDATE events SET position = -position + ? WHERE position < 0').run(by);
}

function flip(db: SqliteDatabase, row: number, column: string, bit: number): boolean {
  const value = (db.prepare(`SELECT ${column} AS value FROM events WHERE position = ?`).get(row) as { value: unknown })
    .value;
  const changed =
    typeof value === 'number'
      ? value ^ (1 << (bit % 20))
      : typeof value === 'string'
        ? flipText(value, bit)
        : flipBytes(value as Uint8Array, bit);
  return attempt(() => db.prepare(`UPDATE events SET ${column} = ? WHERE position = ?`).run(changed, row));
}

function attempt(write: () => unknown): boolean {
  try {
    write();
    return true;
  } catch {
    return false;
  }
}

function flipBytes(bytes: Uint8Array, bit: number): Uint8Array {
  const at = bit % (bytes.length * 8);
  return Uint8Array.from(bytes, (byte, index) => (index === at >> 3 ? byte ^ (1 << (at & 7)) : byte));
}

/** Within ASCII, so that the text stays a text. */
function flipText(text: string, bit: number): string {
  const at = bit % (text.length * 7);
  const index = Math.floor(at / 7);
  return text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ (1 << (at % 7))) + text.slice(index + 1);
}
