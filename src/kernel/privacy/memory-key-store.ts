import type { KeyStore } from './key-store.js';
import { LocalMasterKey } from './local-master-key.js';
import { SqliteKeyStore } from './sqlite-key-store.js';

/** A key store that is gone with the process, under a master key that nobody has; for tests and previews. */
export function memoryKeyStore(): Promise<KeyStore> {
  return SqliteKeyStore.open({ path: ':memory:', master: LocalMasterKey.ephemeral(), create: true });
}
