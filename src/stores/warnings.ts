import { masterKeyWarning } from '../kernel/privacy/file-master-key.js';
import { keyPlace, type StoreConfig } from './open-stores.js';

/** What whoever runs a register with this configuration should know, though it can be opened. One line each. */
export function warningsOf(config: StoreConfig): string[] {
  if (config.eventStore === 'memory') return [];
  const warning = masterKeyWarning(keyPlace(config).masterKey.path);
  return warning === undefined ? [] : [warning];
}
