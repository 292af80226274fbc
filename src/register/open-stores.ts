import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../kernel/config/config.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { MemoryEventStore } from '../kernel/event-store/memory/memory-event-store.js';
import { SqliteEventStore } from '../kernel/event-store/sqlite/sqlite-event-store.js';
import { createMasterKey, masterKeyExists, readMasterKey } from '../kernel/privacy/file-master-key.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import { LocalMasterKey } from '../kernel/privacy/local-master-key.js';
import type { MasterKey } from '../kernel/privacy/master-key.js';
import { SqliteKeyStore } from '../kernel/privacy/sqlite-key-store.js';
import { MemoryViewStore } from '../kernel/view-store/memory/memory-view-store.js';
import { SqliteViewStore } from '../kernel/view-store/sqlite/sqlite-view-store.js';
import type { ViewStore } from '../kernel/view-store/view-store.js';

export type StoreConfig = Pick<Config, 'dataDir' | 'eventStore' | 'viewStore' | 'eventStoreUrl' | 'mongodbUrl' | 'masterKeyFile'>;

/** Where the embedded stores lie in the data folder. */
export function dataPaths(dataDir: string): { readonly events: string; readonly keys: string; readonly masterKey: string; readonly views: string; readonly seals: string } {
  return {
    events: join(dataDir, 'events.sqlite'),
    keys: join(dataDir, 'keys', 'keys.sqlite'),
    masterKey: join(dataDir, 'keys', 'master.key'),
    views: join(dataDir, 'views'),
    seals: join(dataDir, 'seals'),
  };
}

/** @throws EventStoreError */
export async function openEventStore(config: StoreConfig): Promise<EventStore> {
  if (config.eventStore === 'memory') return new MemoryEventStore();
  mkdirSync(config.dataDir, { recursive: true });
  return SqliteEventStore.open({ path: dataPaths(config.dataDir).events });
}

/** @throws ViewStoreError */
export async function openViewStore(config: StoreConfig): Promise<ViewStore> {
  if (config.viewStore === 'memory') return new MemoryViewStore();
  return SqliteViewStore.open(dataPaths(config.dataDir).views);
}

/**
 * Opens the keys. The first start of the embedded default makes a master key and a key store; a log that has entries already is never
 * given new keys in silence.
 * @throws KeyStoreError
 */
export async function openKeyStore(config: StoreConfig, store: EventStore): Promise<KeyStore> {
  if (config.eventStore === 'memory') return SqliteKeyStore.open({ path: ':memory:', master: LocalMasterKey.ephemeral(), create: true });
  const fresh = (await store.head()) === 0n;
  const paths = dataPaths(config.dataDir);
  mkdirSync(join(config.dataDir, 'keys'), { recursive: true, mode: 0o700 });
  return SqliteKeyStore.open({ path: paths.keys, master: masterKey(config, paths.masterKey, fresh), create: fresh });
}

function masterKey(config: StoreConfig, embedded: string, fresh: boolean): MasterKey {
  if (config.masterKeyFile !== undefined) return readMasterKey(config.masterKeyFile);
  return fresh && !masterKeyExists(embedded) ? createMasterKey(embedded) : readMasterKey(embedded);
}
