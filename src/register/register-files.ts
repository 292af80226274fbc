import { dirname, join } from 'node:path';
import type { RegisterFiles } from '../audit/backup/parts.js';
import { sealPaths } from './notary.js';
import { dataPaths, type StoreConfig } from './open-stores.js';

/** The files of a register with this configuration, whether they are there or not. */
export function registerFiles(config: StoreConfig): RegisterFiles {
  const { events, keys } = dataPaths(config.dataDir);
  const { masterKeyFile } = config;
  return {
    events: config.eventStore === 'sqlite' ? events : undefined,
    ...sealPaths(config),
    keys,
    masterKey: masterKeyFile === undefined ? { path: join(dirname(keys), 'master.key'), kept: 'HERE' } : { path: masterKeyFile, kept: 'ELSEWHERE' },
  };
}
