import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createMasterKey, readMasterKey } from './file-master-key.js';
import { KeyStoreError } from './key-store-error.js';
import type { LocalMasterKey } from './local-master-key.js';
import { flushFolder } from './secret-file.js';
import { SqliteKeyStore } from './sqlite-key-store.js';

export interface KeyFolder {
  /** The key store's file; its folder holds the master key too, unless that is told. */
  readonly store: string;
  /** The master key's file when it is kept elsewhere (`MASTER_KEY_FILE`). It must be there. */
  readonly masterKey?: string;
}

/**
 * Opens the keys of the embedded default. The first start makes a master key and a key store; a log that has entries is never given new
 * keys in silence. A change of the master key that was interrupted is completed, or undone when it had not begun.
 * @param logIsEmpty whether the log has no entry yet
 * @throws KeyStoreError
 */
export async function openKeys(folder: KeyFolder, logIsEmpty: boolean): Promise<SqliteKeyStore> {
  if (!logIsEmpty && !existsSync(folder.store)) {
    throw new KeyStoreError('KEY_STORE_MISSING', `the log has entries, but there is no key store at ${folder.store}: restore its backup`);
  }
  mkdirSync(dirname(folder.store), { recursive: true, mode: 0o700 });
  if (folder.masterKey !== undefined) return openWith(folder, readMasterKey(folder.masterKey), logIsEmpty);
  const next = nextKeyFile(folder);
  if (existsSync(next)) await finishRotation(folder, next);
  return openWith(folder, embeddedKey(folder), logIsEmpty);
}

/**
 * Wraps all keys with a new master key and destroys the old one's file where it is ours. Other processes that have the register open
 * must be started again.
 * @param newKeyFile with a master key that is kept elsewhere: the file of the new one, made when it is not there; `MASTER_KEY_FILE` is to
 * name it from then on
 * @param onProgress called with the number of keys done, and of all
 * @returns how many persons' keys were wrapped anew
 * @throws KeyStoreError; then all keys are still under the old master key
 */
export async function rotateMasterKey(folder: KeyFolder, newKeyFile?: string, onProgress?: (done: number, all: number) => void): Promise<number> {
  const store = await openKeys(folder, false);
  try {
    if (folder.masterKey !== undefined) {
      if (newKeyFile === undefined) throw new KeyStoreError('MASTER_KEY_MISSING', 'the master key is kept elsewhere: name the file of the new one');
      return await store.rotate(existsSync(newKeyFile) ? readMasterKey(newKeyFile) : createMasterKey(newKeyFile), onProgress);
    }
    const next = nextKeyFile(folder);
    const rotated = await store.rotate(createMasterKey(next), onProgress);
    replaceKeyFile(folder, next);
    return rotated;
  } finally {
    await store.close();
  }
}

function openWith(folder: KeyFolder, master: LocalMasterKey, create: boolean): Promise<SqliteKeyStore> {
  return SqliteKeyStore.open({ path: folder.store, master, create });
}

/** The key beside the store; made when there is no store yet whose keys it could have wrapped. */
function embeddedKey(folder: KeyFolder): LocalMasterKey {
  const path = keyFile(folder);
  if (existsSync(path) || existsSync(folder.store)) return readMasterKey(path);
  try {
    return createMasterKey(path);
  } catch (error) {
    // Another process made it at the same moment.
    if (existsSync(path)) return readMasterKey(path);
    throw error;
  }
}

/** A new master key lies there: either the keys are wrapped with it already, or they never were. */
async function finishRotation(folder: KeyFolder, next: string): Promise<void> {
  try {
    await (await openWith(folder, readMasterKey(next), false)).close();
  } catch (error) {
    if (!(error instanceof KeyStoreError) || error.code !== 'MASTER_KEY_WRONG') throw error;
    rmSync(next);
    return;
  }
  replaceKeyFile(folder, next);
}

function replaceKeyFile(folder: KeyFolder, next: string): void {
  renameSync(next, keyFile(folder));
  flushFolder(dirname(next));
}

function keyFile({ store }: KeyFolder): string {
  return join(dirname(store), 'master.key');
}

function nextKeyFile({ store }: KeyFolder): string {
  return join(dirname(store), 'master.key.next');
}
