import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeDatabase, openDatabase } from '../sqlite/sqlite.js';
import { HeadFile } from './head-file.js';
import { headOver } from './testing/head.spec-helper.js';

describe('the file of what was signed last', () => {
  let folder: string;
  const open = (): HeadFile => HeadFile.open(join(folder, 'notary.sqlite'));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'head-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is not put back by somebody with a SQLite shell', async () => {
    const file = open();
    const lease = (await file.takeLease('one', 100, 'IF_FREE'))!;
    expect(await file.advance(lease, undefined, headOver(5))).toBe('ADVANCED');
    await file.close();
    const db = openDatabase(join(folder, 'notary.sqlite'));
    expect(() => db.exec('UPDATE head SET size = 4')).toThrow('moves only forward');
    expect(() => db.exec('DELETE FROM head')).toThrow('is kept');
    db.exec('DROP TRIGGER head_stays');
    closeDatabase(db);
    expect(open).toThrow('trigger head_stays is missing');
  });
});
