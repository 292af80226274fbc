import { copyFileSync } from 'node:fs';
import { copyDatabase, flushFile } from '../sqlite/copy.js';
import { sqliteFailure } from '../sqlite/sqlite.js';
import type { KeyStoreIdentity } from './key-contents.js';
import { readKeyFile, writeKeyFile } from './key-file-contents.js';
import { isThere } from './is-there.js';
import { type KeyStorePlace, nameOfPlace } from './key-place.js';
import { KeyStoreError } from './key-store-error.js';

/**
 * Copies a key store, wherever it lies, into a file as it stands; no key that was destroyed is in the copy.
 * @throws KeyStoreError KEY_STORE_MISSING, KEY_STORE_UNUSABLE, KEY_STORE_UNAVAILABLE, KEY_STORE_ROTATED
 */
export async function copyKeyStore(from: KeyStorePlace, to: string): Promise<void> {
  if (from.kind === 'mongodb') {
    const { readMongoKeys } = await import('./mongodb/mongo-key-contents.js');
    return readMongoKeys(from.url, (contents) => writeKeyFile(to, contents));
  }
  if (!isThere(from.path)) throw new KeyStoreError('KEY_STORE_MISSING', `there is no key store at ${from.path}`);
  try {
    await copyDatabase(from.path, to);
  } catch (error) {
    throw new KeyStoreError(
      'KEY_STORE_UNUSABLE',
      `the key store cannot be copied to ${to} (${sqliteFailure(error) ?? 'no right to it, or no room'})`,
      { cause: error },
    );
  }
}

/**
 * Puts a copy where there is no key store yet.
 * @returns what is to be called when everything else is in its place too: on a server the keys do not count before
 * @throws KeyStoreError KEY_STORE_MISMATCH when there is one already, or the file system's error
 */
export async function putKeyStore(copy: string, to: KeyStorePlace): Promise<() => Promise<void>> {
  if (to.kind === 'sqlite') {
    if (isThere(to.path))
      throw new KeyStoreError('KEY_STORE_MISMATCH', `there is a key store at ${nameOfPlace(to)} already`);
    copyFileSync(copy, to.path);
    await flushFile(to.path);
    return async () => undefined;
  }
  const { writeMongoKeys } = await import('./mongodb/mongo-key-contents.js');
  return readKeyFile(copy, (contents) => writeMongoKeys(to.url, contents));
}

/** Reads whose keys lie there, without a master key. @throws KeyStoreError */
export async function identityOf(place: KeyStorePlace): Promise<KeyStoreIdentity> {
  if (place.kind === 'sqlite')
    return readKeyFile(place.path, async ({ register, masterKeyId, logBegun }) => ({
      register,
      masterKeyId,
      logBegun,
    }));
  const { readMongoKeys } = await import('./mongodb/mongo-key-contents.js');
  return readMongoKeys(place.url, async ({ register, masterKeyId, logBegun }) => ({ register, masterKeyId, logBegun }));
}
