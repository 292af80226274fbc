/** "FOKA" in ASCII. */
export const APPLICATION_ID = 0x464f4b41;
export const FORMAT_VERSION = 1;

/** Records that went when their time was over are the only ones that ever go, with the triggers lifted meanwhile. */
const NOT_DELETED = `CREATE TRIGGER records_are_not_deleted BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: records are not deleted'); END;`;
const SEEN_NOT_DELETED = `CREATE TRIGGER seen_is_not_deleted BEFORE DELETE ON seen
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: the index is not deleted from'); END;`;

/** For the transaction that disposes of whole months. */
export const DELETABLE = 'DROP TRIGGER records_are_not_deleted; DROP TRIGGER seen_is_not_deleted;';
/** As it was before. */
export const NOT_DELETABLE = `${NOT_DELETED} ${SEEN_NOT_DELETED}`;

/**
 * One row a record; `seen` finds the records of a person or a reader: two small integers a row, since a list of a unit is
 * one record with hundreds of persons. REPLACE deletes without asking DELETE triggers, so what would be replaced is
 * refused before the insert.
 */
export const SCHEMA = `
CREATE TABLE records (
  position INTEGER PRIMARY KEY,
  node     TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  at       TEXT    NOT NULL,
  body     BLOB    NOT NULL,
  hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE UNIQUE INDEX records_by_node ON records (node, n);
CREATE INDEX records_by_time ON records (at);

CREATE TABLE names (
  key  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE seen (
  key      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE disposed (
  node   TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  hash   BLOB    NOT NULL CHECK (length(hash) = 32),
  before TEXT    NOT NULL,
  count  INTEGER NOT NULL,
  at     TEXT    NOT NULL,
  PRIMARY KEY (node, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER records_are_appended BEFORE INSERT ON records
WHEN NEW.position <= (SELECT coalesce(max(position), 0) FROM records)
  OR EXISTS (SELECT 1 FROM records WHERE node = NEW.node AND n >= NEW.n)
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: a record comes after the last one'); END;

CREATE TRIGGER records_are_not_changed BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: records are not changed'); END;

${NOT_DELETED}

CREATE TRIGGER seen_is_not_changed BEFORE UPDATE ON seen
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: the index is not changed'); END;

${SEEN_NOT_DELETED}

CREATE TRIGGER names_are_not_changed BEFORE UPDATE ON names
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: names are not changed'); END;

CREATE TRIGGER disposed_is_not_changed BEFORE UPDATE ON disposed
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: what went is not changed'); END;

CREATE TRIGGER disposed_is_not_deleted BEFORE DELETE ON disposed
BEGIN SELECT RAISE(ABORT, 'the access log is append-only: what went is not deleted'); END;

PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;
