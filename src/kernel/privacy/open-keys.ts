import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createMasterKey, isUnfinishedKey, readMasterKey } from './file-master-key.js';
import { isThere } from './is-there.js';
import { type KeyPlace, type KeyStorePlace, nameOfPlace } from './key-place.js';
import { KeyStoreError } from './key-store-error.js';
import type { LocalMasterKey } from './local-master-key.js';
import { flushFolder } from './secret-file.js';
import { openSqliteKeyStore } from './sqlite-key-records.js';
import type { KeyStoreOptions, StoredKeyStore } from './stored-key-store.js';

/**
 * Opens the keys of a register. The first start makes a key store and, unless it is kept elsewhere, a master key; a log
 * that has entries is never given new keys in silence. A change of the master key that was interrupted is completed, or
 * undone when it had not begun.
 * @param logIsEmpty whether the log has no entry yet
 * @throws KeyStoreError
 */
export async function openKeys(place: KeyPlace, logIsEmpty: boolean): Promise<StoredKeyStore> {
  const { store, masterKey } = place;
  const there = await keyStoreExists(store);
  if (!logIsEmpty && !there)
    throw new KeyStoreError(
      'KEY_STORE_MISSING',
      `the log has entries, but there is no key store at ${nameOfPlace(store)}: restore its backup`,
    );
  if (store.kind === 'sqlite') mkdirSync(dirname(store.path), { recursive: true, mode: 0o700 });
  if (masterKey.kept === 'ELSEWHERE') return openWith(store, logIsEmpty, { master: readMasterKey(masterKey.path) });
  mkdirSync(dirname(masterKey.path), { recursive: true, mode: 0o700 });
  const next = nextKeyFile(masterKey.path);
  if (isThere(next)) await finishChange(place, next);
  return openWith(store, logIsEmpty, { master: there ? readMasterKey(masterKey.path) : firstKey(masterKey.path) });
}

/**
 * Wraps all keys with a new master key and destroys the old one's file where it is ours. Other processes that have the
 * register open must be started again. When it was broken off, it is done again in the same way.
 * @param newKeyFile with a master key that is kept elsewhere: the file of the new one, made when it is not there;
 * `MASTER_KEY_FILE` is to name it from then on
 * @param onProgress called with the number of keys done, and of all
 * @returns how many persons' keys were wrapped anew; none when an interrupted change only had to be finished
 * @throws KeyStoreError; then all keys can be had with the old master key
 */
export async function changeMasterKey(
  place: KeyPlace,
  newKeyFile?: string,
  onProgress?: (done: number, all: number) => void,
): Promise<number> {
  const { store, masterKey } = place;
  if (masterKey.kept === 'HERE') {
    const next = nextKeyFile(masterKey.path);
    const keys = await openKeys(place, false);
    const changed = await changeAndClose(keys, () => createMasterKey(next), onProgress);
    replaceKeyFile(masterKey.path, next);
    return changed;
  }
  if (newKeyFile === undefined)
    throw new KeyStoreError('MASTER_KEY_MISSING', 'the master key is kept elsewhere: name the file of the new one');
  const before = readMasterKey(masterKey.path);
  const known = isThere(newKeyFile) ? readMasterKey(newKeyFile) : undefined;
  if (known && (await finished(store, known, before))) return 0;
  return changeAndClose(await openKeys(place, false), () => known ?? createMasterKey(newKeyFile), onProgress);
}

/**
 * Whether something that can be opened as a key store lies there.
 * @throws KeyStoreError when the server cannot be asked
 */
export async function keyStoreExists(place: KeyStorePlace): Promise<boolean> {
  if (place.kind === 'sqlite') return isThere(place.path);
  const { mongoKeysExist } = await import('./mongodb/mongo-key-records.js');
  return mongoKeysExist(place.url);
}

async function openWith(place: KeyStorePlace, create: boolean, options: KeyStoreOptions): Promise<StoredKeyStore> {
  if (place.kind === 'sqlite') return openSqliteKeyStore({ path: place.path, create, ...options });
  // The client of a server is loaded where it is used: it is large, and the embedded default needs none.
  const { openMongoKeyStore } = await import('./mongodb/mongo-key-records.js');
  return openMongoKeyStore({ url: place.url, create, ...options });
}

/** The master key of a store that is to be made. */
function firstKey(path: string): LocalMasterKey {
  if (isThere(path)) return readMasterKey(path);
  try {
    return createMasterKey(path);
  } catch (error) {
    // Another process made it at the same moment.
    if (isThere(path)) return readMasterKey(path);
    throw error;
  }
}

async function changeAndClose(
  keys: StoredKeyStore,
  next: () => LocalMasterKey,
  onProgress: ((done: number, all: number) => void) | undefined,
): Promise<number> {
  try {
    return await keys.rotate(next(), onProgress);
  } finally {
    await keys.close();
  }
}

/**
 * A new master key lies there: either it is the one that counts, or it never was; one that is not whole never wrapped a
 * key.
 */
async function finishChange({ store, masterKey }: KeyPlace, next: string): Promise<void> {
  if (isUnfinishedKey(next)) rmSync(next);
  else if (await finished(store, readMasterKey(next), readMasterKey(masterKey.path)))
    replaceKeyFile(masterKey.path, next);
  else rmSync(next);
}

/** Whether the change to a new master key was made, which is finished then. */
async function finished(store: KeyStorePlace, master: LocalMasterKey, before: LocalMasterKey): Promise<boolean> {
  try {
    await (await openWith(store, false, { master, before })).close();
    return true;
  } catch (error) {
    if (error instanceof KeyStoreError && error.code === 'MASTER_KEY_WRONG') return false;
    throw error;
  }
}

function replaceKeyFile(path: string, next: string): void {
  renameSync(next, path);
  flushFolder(dirname(next));
}

function nextKeyFile(path: string): string {
  return `${path}.next`;
}
