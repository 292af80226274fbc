import { statSync } from 'node:fs';
import { systemMessage } from '../system-message.js';
import { KeyStoreError } from './key-store-error.js';

/**
 * Whether there is something at the path. Only what the operating system says is not there is missing: a folder that
 * may not be looked into is another matter, and a backup would not help.
 * @throws KeyStoreError KEY_STORE_UNUSABLE when that cannot be told
 */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new KeyStoreError(
      'KEY_STORE_UNUSABLE',
      `${path} cannot be looked at: ${systemMessage(error) ?? 'no right to it'}; give the user that runs the register the right to it`,
      { cause: error },
    );
  }
}
