import { basename, dirname, resolve } from 'node:path';
import { ConfigError, readConfig } from '../kernel/config/config.js';
import type { StoreConfig } from './open-stores.js';

const EVENTS = 'events.sqlite';

/**
 * What a store is called on the command line: `sqlite:PATH` (a data folder, or the events.sqlite in it) or
 * `eventstoredb:URL`; `eventstoredb` alone is the server of the settings, so that no password stands among the arguments.
 * @param config what holds besides; its data folder is that of a server's keys, seals and views
 * @throws ConfigError
 */
export function storeAt(address: string, config: StoreConfig): StoreConfig {
  if (address === 'eventstoredb') {
    if (config.eventStoreUrl === undefined)
      throw new ConfigError(['EVENTSTORE_URL is needed for a store eventstoredb']);
    return { ...config, eventStore: 'eventstoredb' };
  }
  const [, kind, place] = /^(sqlite|eventstoredb):(.+)$/s.exec(address) ?? [];
  if (kind === undefined || place === undefined)
    throw new ConfigError(['a store is named by sqlite:PATH, eventstoredb:URL or eventstoredb']);
  if (kind === 'eventstoredb') {
    const { eventStoreUrl } = readConfig({ EVENT_STORE: kind, EVENTSTORE_URL: place });
    return { ...config, eventStore: 'eventstoredb', eventStoreUrl };
  }
  const isFile = place.endsWith('.sqlite');
  if (isFile && basename(place) !== EVENTS)
    throw new ConfigError([`the log of a data folder is called ${EVENTS}: name the folder, sqlite:${dirname(place)}`]);
  return { ...config, eventStore: 'sqlite', dataDir: resolve(isFile ? dirname(place) : place) };
}

/** Whether two configurations mean the same log. */
export function isSameStore(one: StoreConfig, other: StoreConfig): boolean {
  if (one.eventStore !== other.eventStore) return false;
  return one.eventStore === 'sqlite'
    ? resolve(one.dataDir) === resolve(other.dataDir)
    : one.eventStoreUrl === other.eventStoreUrl;
}
