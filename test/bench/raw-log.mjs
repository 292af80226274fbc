import { openEventFile } from '../../dist/kernel/event-store/sqlite/sqlite-file.js';

const PRAGMAS = ['journal_mode', 'synchronous', 'wal_autocheckpoint', 'page_size', 'cache_size'];
const COLUMNS = 'e.position, e.stream, e.revision, e.id, e.type, e.recorded_at AS recordedAt, e.body, e.hash';
const PAGE = 1_000;

/**
 * The rival: a file made and opened as the event store does it, so that table, indexes, triggers and settings are the
 * same, and then
 * nothing of our code, only prepared statements.
 */
export class RawLog {
  constructor(path) {
    this.db = openEventFile(path, false);
    this.insertEvent = this.db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.insertStream = this.db.prepare('INSERT INTO streams (key, name) VALUES (?, ?)');
  }

  /** What the file and its connection are set to. */
  pragmas() {
    return Object.fromEntries(PRAGMAS.map((name) => [name, Object.values(this.db.prepare(`PRAGMA ${name}`).get())[0]]));
  }

  /** Writes rows in one durable transaction. */
  commit(rows) {
    this.db.exec('BEGIN IMMEDIATE');
    for (const row of rows) {
      if (row.newStream !== null) this.insertStream.run(row.stream, row.newStream);
      this.insertEvent.run(
        row.position,
        row.stream,
        row.revision,
        row.id,
        row.type,
        row.recordedAt,
        row.body,
        row.hash,
      );
    }
    this.db.exec('COMMIT');
  }

  close() {
    this.db.close();
  }
}

/** Gives records the places that they get at the end of a new log. */
export class RowMaker {
  position = 0;
  streams = new Map();

  rowOf(stream, { id, type, recordedAt, body, hash }) {
    const known = this.streams.get(stream);
    const place = known ?? { key: this.streams.size + 1, revision: -1 };
    this.streams.set(stream, place);
    place.revision += 1;
    this.position += 1;
    return {
      position: this.position,
      stream: place.key,
      newStream: known ? null : stream,
      revision: place.revision,
      id: Buffer.from(id.replaceAll('-', ''), 'hex'),
      type,
      recordedAt,
      body,
      hash,
    };
  }
}

/** A log's rows page by page in the order of the log, with the name of each stream where it comes first. */
export function* pagesOf(path) {
  yield* pages(
    path,
    `SELECT ${COLUMNS}, CASE WHEN e.revision = 0 THEN s.name END AS newStream FROM events e JOIN streams s ON s.key = e.stream`,
  );
}

/** The same without the names: the least that a reader of the whole log must fetch. */
export function* plainPagesOf(path) {
  yield* pages(path, `SELECT ${COLUMNS} FROM events e`);
}

function* pages(path, select) {
  const db = openEventFile(path, true);
  const statement = db.prepare(`${select} WHERE e.position > ? ORDER BY e.position LIMIT ${PAGE}`);
  for (let after = 0; ;) {
    const rows = statement.all(after);
    if (rows.length === 0) break;
    yield rows;
    after = rows.at(-1).position;
  }
  db.close();
}
