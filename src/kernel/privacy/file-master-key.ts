import { readFileSync } from 'node:fs';
import { newKey } from './cipher.js';
import { KeyStoreError } from './key-store-error.js';
import { LocalMasterKey } from './local-master-key.js';
import { writeSecretFile } from './secret-file.js';

const FORM = /^fok-master-key-v1 ([A-Za-z0-9+/]{43}=)\s*$/;

/**
 * Reads a master key from its file: one line, `fok-master-key-v1 ` and 32 bytes in base64.
 * @throws KeyStoreError MASTER_KEY_MISSING when the file is not there or cannot be read, MASTER_KEY_WRONG when it holds no master key
 */
export function readMasterKey(path: string): LocalMasterKey {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new KeyStoreError('MASTER_KEY_MISSING', `the master key cannot be read from ${path}`, { cause: error });
  }
  const bytes = FORM.exec(text)?.[1];
  if (bytes === undefined) throw new KeyStoreError('MASTER_KEY_WRONG', `${path} holds no master key`);
  return new LocalMasterKey(Buffer.from(bytes, 'base64'));
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
