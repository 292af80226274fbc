import { readFileSync, statSync } from 'node:fs';
import { systemMessage } from '../system-message.js';
import { newKey } from './cipher.js';
import { KeyStoreError } from './key-store-error.js';
import { LocalMasterKey } from './local-master-key.js';
import { writeSecretFile } from './secret-file.js';

/** A master key's file has so many bytes at least. */
const LENGTH = 'fok-master-key-v1 '.length + 44;
const FORM = /^fok-master-key-v1 ([A-Za-z0-9+/]{43}=)\s*$/;

/**
 * Reads a master key from its file: one line, `fok-master-key-v1 ` and 32 bytes in base64.
 * @throws KeyStoreError MASTER_KEY_MISSING when the file is not there or cannot be read, MASTER_KEY_WRONG when it holds
 * no master key
 */
export function readMasterKey(path: string): LocalMasterKey {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new KeyStoreError(
      'MASTER_KEY_MISSING',
      `the master key cannot be read from ${path}: ${systemMessage(error) ?? 'no right to it'}`,
      { cause: error },
    );
  }
  const bytes = FORM.exec(text)?.[1];
  if (bytes === undefined) throw new KeyStoreError('MASTER_KEY_WRONG', `${path} holds no master key`);
  return new LocalMasterKey(Buffer.from(bytes, 'base64'));
}

/** Whether a file was begun as a master key's and never got to be whole: a full disk, or killed in between. */
export function isUnfinishedKey(path: string): boolean {
  return statSync(path).size < LENGTH;
}

/**
 * What whoever runs the register should know of the master key's file: that others than its owner have rights to it. It
 * is told and not refused, because what mounts secrets into a container makes them so.
 */
export function masterKeyWarning(path: string): string | undefined {
  const mode = process.platform === 'win32' ? 0 : (statSync(path, { throwIfNoEntry: false })?.mode ?? 0);
  if ((mode & 0o077) === 0) return undefined;
  return `warning: the master key ${path} has mode ${(mode & 0o777).toString(8).padStart(4, '0')}: others than its owner have rights to it, and who reads it can read every name; chmod 600 it`;
}

/**
 * Makes a master key in a file that only its owner can read (mode 0600), durably.
 * @throws the file system's error, also when the file is there already: a master key is never overwritten
 */
export function createMasterKey(path: string): LocalMasterKey {
  const bytes = newKey();
  writeSecretFile(path, `fok-master-key-v1 ${Buffer.from(bytes).toString('base64')}\n`);
  return new LocalMasterKey(bytes);
}
