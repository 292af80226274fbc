import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeDatabase, openDatabase } from '../sqlite/sqlite.js';
import { signCheckpoint } from './checkpoint.js';
import { HeadFile } from './head-file.js';
import type { KeptHead } from './head-store.js';
import { SigningKey } from './signing-key.js';

const key = SigningKey.ephemeral();

function head(size: number, fork = 0): KeptHead {
  const signed = signCheckpoint(
    {
      v: 2,
      origin: 'fok/7d0f6b0e-0000-4000-8000-000000000001',
      register: '7d0f6b0e-0000-4000-8000-000000000001',
      size,
      root: Buffer.alloc(32, fork * 100 + size).toString('hex'),
      lastEvent: 'e',
      lastPosition: String(size),
      at: '2026-11-30T10:00:00.000Z',
      keyId: key.publicKey.id,
    },
    key,
  );
  return { signed };
}

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
    expect(await file.advance(lease, undefined, head(5))).toBe('ADVANCED');
    await file.close();
    const db = openDatabase(join(folder, 'notary.sqlite'));
    expect(() => db.exec('UPDATE head SET size = 4')).toThrow('moves only forward');
    expect(() => db.exec('DELETE FROM head')).toThrow('is kept');
    db.exec('DROP TRIGGER head_stays');
    closeDatabase(db);
    expect(open).toThrow('trigger head_stays is missing');
  });
});
