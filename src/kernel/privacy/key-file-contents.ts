import { chmodSync } from 'node:fs';
import { flushFile } from '../sqlite/copy.js';
import { closeDatabase, inTransaction, openDatabase, type SqliteDatabase } from '../sqlite/sqlite.js';
import { ClaimTable } from './claim-table.js';
import type { FenceRow, KeyedPerson, KeyStoreContents } from './key-contents.js';
import { openKeyFile } from './key-file.js';
import { KeyStoreError } from './key-store-error.js';
import { KeyTables } from './key-tables.js';

const AT_A_TIME = 1_000;

/**
 * Reads the file of a key store that nobody changes meanwhile, a copy as a rule.
 * @throws KeyStoreError KEY_STORE_UNUSABLE
 */
export async function readKeyFile<T>(path: string, use: (contents: KeyStoreContents) => Promise<T>): Promise<T> {
  let db: SqliteDatabase;
  let contents: KeyStoreContents;
  try {
    db = openDatabase(path, { readOnly: true, busyTimeoutMs: 2000 });
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    contents = contentsOf(db, new KeyTables(db));
  } catch (error) {
    db.close();
    throw unreadable(path, error);
  }
  try {
    return await use(contents);
  } finally {
    db.close();
  }
}

/** Writes a new file with what another key store holds. @throws KeyStoreError, or the file system's error */
export async function writeKeyFile(path: string, contents: KeyStoreContents): Promise<void> {
  const db = openKeyFile(path, true, (fresh) =>
    KeyTables.fill(fresh, contents.register, contents.masterKeyId, contents.wrappedIndexKey),
  );
  try {
    chmodSync(path, 0o600);
    const tables = new KeyTables(db);
    for await (const persons of contents.persons()) {
      inTransaction(db, () => {
        for (const { terms, ...row } of persons) {
          tables.addPerson(row);
          for (const term of terms) tables.addTerm({ subject: row.subject, ...term });
        }
      });
    }
    const claimed = new ClaimTable(db);
    for await (const claims of contents.claims()) {
      inTransaction(db, () => {
        for (const claim of claims) claimed.claim(claim);
      });
    }
    const fences = await contents.fences();
    inTransaction(db, () => {
      for (const fence of fences) tables.addFence(fence);
      if (contents.logBegun) tables.noteLogBegun();
    });
  } finally {
    // So that the file alone is the whole of it.
    db.exec('PRAGMA journal_mode = DELETE');
    closeDatabase(db);
  }
  await flushFile(path);
}

function contentsOf(db: SqliteDatabase, tables: KeyTables): KeyStoreContents {
  return {
    register: tables.register(),
    masterKeyId: tables.masterKeyId(),
    logBegun: tables.logBegun(),
    wrappedIndexKey: tables.meta('indexKey'),
    persons: () => personsOf(db),
    fences: async () => fencesOf(db),
    claims: () => new ClaimTable(db).all(),
  };
}

function* personsOf(db: SqliteDatabase): Generator<KeyedPerson[]> {
  const page = db.prepare('SELECT number, subject, wrapped FROM persons WHERE number > ? ORDER BY number LIMIT ?');
  const terms = db.prepare('SELECT kind, token FROM terms WHERE person = ?');
  for (let after = 0; ;) {
    const rows = page.all(after, AT_A_TIME) as { number: number; subject: string; wrapped: Uint8Array }[];
    if (rows.length === 0) return;
    after = rows.at(-1)!.number;
    yield rows.map(({ number, subject, wrapped }) => ({
      subject,
      wrapped,
      terms: terms.all(number) as unknown as KeyedPerson['terms'],
    }));
  }
}

function fencesOf(db: SqliteDatabase): FenceRow[] {
  const rows = db.prepare('SELECT subject, note FROM fences ORDER BY subject').all() as {
    subject: string;
    note: string | null;
  }[];
  return rows.map(({ subject, note }) => ({ subject, ...(note === null ? {} : { note }) }));
}

function unreadable(path: string, cause: unknown): KeyStoreError {
  return new KeyStoreError('KEY_STORE_UNUSABLE', `${path} cannot be read as a key store`, { cause });
}
