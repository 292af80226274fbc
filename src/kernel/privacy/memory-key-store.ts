import { LocalMasterKey } from './local-master-key.js';
import { openSqliteKeyStore } from './sqlite-key-records.js';
import type { StoredKeyStore } from './stored-key-store.js';

/** A key store that is gone with the process, under a master key that nobody has; for registers in memory and tests. */
export function memoryKeyStore(): Promise<StoredKeyStore> {
  return openSqliteKeyStore({ path: ':memory:', master: LocalMasterKey.ephemeral(), create: true });
}
