import { existsSync } from 'node:fs';
import { copyDatabase } from '../sqlite/copy.js';
import { openDatabase, sqliteFailure } from '../sqlite/sqlite.js';
import { KeyStoreError } from './key-store-error.js';
import { KeyTables } from './key-tables.js';

/** Whose keys a key store holds, and which master key wraps them. */
export interface KeyStoreIdentity {
  readonly register: string;
  readonly masterKeyId: string;
}

/**
 * Copies a key store as it stands; no key that was destroyed is in the copy.
 * @throws KeyStoreError KEY_STORE_MISSING, KEY_STORE_UNUSABLE
 */
export async function copyKeyStore(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new KeyStoreError('KEY_STORE_MISSING', `there is no key store at ${from}`);
  try {
    await copyDatabase(from, to);
  } catch (error) {
    throw new KeyStoreError('KEY_STORE_UNUSABLE', `the key store cannot be copied to ${to} (${sqliteFailure(error) ?? 'no right to it, or no room'})`, { cause: error });
  }
}

/** Reads whose keys these are, without a master key. @throws KeyStoreError KEY_STORE_UNUSABLE */
export function identityOf(path: string): KeyStoreIdentity {
  try {
    const db = openDatabase(path, { readOnly: true, busyTimeoutMs: 2000 });
    try {
      const tables = new KeyTables(db);
      return { register: tables.register(), masterKeyId: tables.masterKeyId() };
    } finally {
      db.close();
    }
  } catch (error) {
    throw new KeyStoreError('KEY_STORE_UNUSABLE', `${path} cannot be read as a key store`, { cause: error });
  }
}
