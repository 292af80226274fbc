import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openOwnFile, type OwnFile } from './own-file.js';
import { closeDatabase, openDatabase } from './sqlite.js';

const NOTES: OwnFile = {
  name: 'note store',
  schema: `
    CREATE TABLE notes (text TEXT NOT NULL) STRICT;
    CREATE TRIGGER notes_stay BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'notes stay'); END;
    PRAGMA application_id = 77;
    PRAGMA user_version = 2;`,
  applicationId: 77,
  format: 2,
  writing: 'PRAGMA journal_mode = WAL',
  whenAltered: 'look into it',
  refused: (why, path) => new RangeError(`${path}: ${why}`),
};

describe('a SQLite file of ours', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-file-'));
    path = join(folder, 'notes.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Makes or changes the file as somebody else would. */
  function someone(sql: string): void {
    const db = openDatabase(path);
    db.exec(sql);
    closeDatabase(db);
  }

  function textsIn(file = NOTES): unknown[] {
    const db = openOwnFile(path, file, { readOnly: true });
    try {
      return db
        .prepare('SELECT text FROM notes')
        .all()
        .map(({ text }) => text);
    } finally {
      db.close();
    }
  }

  it('is made once, filled in the same step, and whole without what lies beside it', async () => {
    const fill = (db: ReturnType<typeof openDatabase>): void => db.exec("INSERT INTO notes VALUES ('first')");
    const first = openOwnFile(path, NOTES, { fill });
    const bytes = await readFile(path);
    closeDatabase(first);
    closeDatabase(openOwnFile(path, NOTES, { fill }));
    expect(textsIn()).toEqual(['first']);
    path = join(folder, 'copy.db');
    await writeFile(path, bytes);
    expect(textsIn()).toEqual(['first']);
  });

  it('is not there when filling it failed', () => {
    const fill = (): never => {
      throw new Error('the disk is full');
    };
    expect(() => openOwnFile(path, NOTES, { fill })).toThrow('the disk is full');
    expect(() => textsIn()).toThrow('the file is no note store of this register');
  });

  it('is refused, unchanged to the byte, when it is somebody else’s', async () => {
    someone('CREATE TABLE theirs (x); PRAGMA application_id = 78');
    const before = await readFile(path);
    for (const readOnly of [true, false])
      expect(() => openOwnFile(path, NOTES, { readOnly })).toThrow(
        new RangeError(`${path}: the file is no note store of this register`),
      );
    expect(await readFile(path)).toEqual(before);
  });

  it('is known by its schema alone where it has no application id, and then left as it is too', async () => {
    someone('CREATE TABLE theirs (x)');
    const before = await readFile(path);
    const schema = NOTES.schema.replace(/PRAGMA [^;]+;/g, '');
    expect(() => openOwnFile(path, { ...NOTES, schema, applicationId: undefined, format: undefined })).toThrow(
      'the note store is not as this program made it',
    );
    expect(await readFile(path)).toEqual(before);
  });

  it('is refused when it has no tables, but an owner', () => {
    someone('PRAGMA application_id = 78');
    expect(() => openOwnFile(path, NOTES)).toThrow('the file is no note store of this register');
  });

  it('is refused when a newer program made it, unless it may be lost: then it is made anew', () => {
    someone(NOTES.schema.replace('user_version = 2', "user_version = 3; INSERT INTO notes VALUES ('newer')"));
    for (const readOnly of [true, false])
      expect(() => openOwnFile(path, NOTES, { readOnly })).toThrow(
        'the note store has format 3, this program knows 2: use a newer program',
      );
    const disposable = { ...NOTES, schema: `DROP TABLE IF EXISTS notes; ${NOTES.schema}`, disposable: true };
    closeDatabase(openOwnFile(path, disposable));
    expect(textsIn()).toEqual([]);
  });

  it('is raised from an older format in the step that opens it, with what it holds', () => {
    someone(`CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('old');
      PRAGMA application_id = 77; PRAGMA user_version = 1;`);
    const raise: OwnFile['raise'] = (db, format) => {
      expect(format).toBe(1);
      db.exec(`CREATE TRIGGER notes_stay BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'notes stay'); END;
        PRAGMA user_version = 2;`);
    };
    closeDatabase(openOwnFile(path, { ...NOTES, raise }));
    expect(textsIn()).toEqual(['old']);
  });

  it('stays as it was when raising it does not lead to the schema', () => {
    someone(`CREATE TABLE notes (words TEXT) STRICT; PRAGMA application_id = 77; PRAGMA user_version = 1;`);
    const raise: OwnFile['raise'] = (db) => db.exec('PRAGMA user_version = 2');
    expect(() => openOwnFile(path, { ...NOTES, raise })).toThrow(
      'the note store is not as this program made it (table notes is another): look into it',
    );
    const db = openDatabase(path);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    db.close();
  });

  it('is refused when its schema was changed; who verifies it can read it all the same', () => {
    closeDatabase(openOwnFile(path, NOTES));
    someone('DROP TRIGGER notes_stay');
    for (const readOnly of [true, false])
      expect(() => openOwnFile(path, NOTES, { readOnly })).toThrow('trigger notes_stay is missing');
    expect(textsIn({ ...NOTES, readAltered: true })).toEqual([]);
  });
});
