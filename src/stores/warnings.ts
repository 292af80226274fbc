import { masterKeyWarning } from '../kernel/privacy/file-master-key.js';
import { keyPlace, serverPlace, type StoreConfig } from './open-stores.js';

/** What whoever runs a register with this configuration should know, though it can be opened. One line each. */
export function warningsOf(config: StoreConfig): string[] {
  if (config.eventStore === 'memory') return [];
  const warning = masterKeyWarning(keyPlace(config).masterKey.path);
  return warning === undefined ? [] : [warning];
}

/**
 * What its user may do on the server of the log that a register's should not; for whoever runs a server or looks whether
 * all is well. Of a server that does not answer nothing is said here.
 */
export async function serverWarningsOf(config: StoreConfig): Promise<string[]> {
  if (config.eventStore !== 'eventstoredb') return [];
  const { rightsWarning, tryRights } = await import('../kernel/event-store/eventstoredb/server-rights.js');
  const tried = await tryRights(serverPlace(config)).catch(() => undefined);
  const warning = tried && rightsWarning(tried);
  return warning === undefined ? [] : [warning];
}
