/** Marks the file as ours: "FOKR" in ASCII, in the header where `file` and SQLite keep the application's id. */
export const APPLICATION_ID = 0x464f4b52;

/** The format of the file. A program refuses a file with a higher one. */
export const FORMAT_VERSION = 1;

/** The trigger by which an event only ever comes after the last one. @param more what else refuses it */
function appendedOnly(more: readonly string[]): string {
  const refused = [
    'NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM events)',
    'NEW.revision IS NOT (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream = NEW.stream)',
    ...more,
    'EXISTS (SELECT 1 FROM events WHERE id = NEW.id)',
  ];
  return `CREATE TRIGGER events_are_appended BEFORE INSERT ON events
WHEN ${refused.join('\n  OR ')}
BEGIN SELECT RAISE(ABORT, 'the log is append-only: an event comes after the last one, under a new id'); END;`;
}

const IN_ORDER_OF_TIME = ['NEW.recorded_at < (SELECT recorded_at FROM events WHERE position = NEW.position - 1)'];

/** For a transaction that takes a copy of a log whose times run backwards, as several writers to a server leave them. */
export const APPENDED_AT_ANY_TIME = `DROP TRIGGER events_are_appended; ${appendedOnly([])}`;
/** As it was before. */
export const APPENDED_IN_ORDER = `DROP TRIGGER events_are_appended; ${appendedOnly(IN_ORDER_OF_TIME)}`;

/**
 * One row an event. A position is a place in the log, 1, 2, 3 …; streams have a number, because a name in every row and
 * index entry would cost a third of the file; ids are 16 bytes.
 *
 * The triggers make the log append-only for everybody who opens the file, a SQLite shell too. REPLACE deletes without
 * asking DELETE triggers, so what would be replaced is refused before the insert.
 */
export const SCHEMA = `
CREATE TABLE streams (
  key  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE events (
  position    INTEGER PRIMARY KEY,
  stream      INTEGER NOT NULL REFERENCES streams (key),
  revision    INTEGER NOT NULL,
  id          BLOB    NOT NULL CHECK (length(id) = 16),
  type        TEXT    NOT NULL,
  recorded_at TEXT    NOT NULL,
  body        BLOB    NOT NULL,
  hash        BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
CREATE UNIQUE INDEX events_by_id ON events (id);

${appendedOnly(IN_ORDER_OF_TIME)}

CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: events are not changed'); END;

CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: events are not deleted'); END;

CREATE TRIGGER streams_are_appended BEFORE INSERT ON streams
WHEN NEW.key IS NOT (SELECT coalesce(max(key), 0) + 1 FROM streams)
  OR EXISTS (SELECT 1 FROM streams WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stream comes after the last one, under a new name'); END;

CREATE TRIGGER streams_are_not_changed BEFORE UPDATE ON streams
BEGIN SELECT RAISE(ABORT, 'the log is append-only: streams are not changed'); END;

CREATE TRIGGER streams_are_not_deleted BEFORE DELETE ON streams
BEGIN SELECT RAISE(ABORT, 'the log is append-only: streams are not deleted'); END;

PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;
