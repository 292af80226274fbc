import type { RegisterFiles } from './register-parts.js';
import { dataPaths, keyPlace, type StoreConfig } from './open-stores.js';
import { sealPaths } from './seal-paths.js';

/** The files of a register with this configuration, whether they are there or not. */
export function registerFiles(config: StoreConfig): RegisterFiles {
  const { store, masterKey } = keyPlace(config);
  const { events, accessLog, accessSeals } = dataPaths(config.dataDir);
  return {
    events: config.eventStore === 'sqlite' ? events : undefined,
    ...sealPaths(config),
    keys: store,
    masterKey,
    accessLog,
    accessSeals,
  };
}
