import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, ConfigError } from '../kernel/config/config.js';
import { type EventStore, EventStoreUnusable } from '../kernel/event-store/event-store.js';
import { MemoryEventStore } from '../kernel/event-store/memory/memory-event-store.js';
import { SqliteEventStore } from '../kernel/event-store/sqlite/sqlite-event-store.js';
import type { KeyPlace } from '../kernel/privacy/key-place.js';
import { KeyStoreError } from '../kernel/privacy/key-store-error.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import { memoryKeyStore } from '../kernel/privacy/memory-key-store.js';
import { openKeys } from '../kernel/privacy/open-keys.js';
import { MemoryViewStore } from '../kernel/view-store/memory/memory-view-store.js';
import { SqliteViewStore } from '../kernel/view-store/sqlite/sqlite-view-store.js';
import type { ViewStore } from '../kernel/view-store/view-store.js';

export type StoreConfig = Pick<
  Config,
  'dataDir' | 'eventStore' | 'viewStore' | 'eventStoreUrl' | 'eventStoreNamespace' | 'mongodbUrl' | 'masterKeyFile'
> &
  Partial<Pick<Config, 'keyStore' | 'keysMongodbUrl' | 'signingKeyFile'>>;

/** Where the embedded stores lie in the data folder. */
export function dataPaths(dataDir: string): {
  readonly events: string;
  readonly keys: string;
  readonly views: string;
  readonly seals: string;
  readonly serverIndex: string;
  readonly accessLog: string;
  readonly accessSeals: string;
} {
  return {
    events: join(dataDir, 'events.sqlite'),
    keys: join(dataDir, 'keys', 'keys.sqlite'),
    views: join(dataDir, 'views'),
    seals: join(dataDir, 'seals'),
    accessLog: join(dataDir, 'access', 'access.sqlite'),
    accessSeals: join(dataDir, 'seals', 'access.sqlite'),
    // Where the events of a server lie, by id: made from its log, disposable.
    serverIndex: join(dataDir, 'server-index.sqlite'),
  };
}

/** @throws EventStoreError */
export async function openEventStore(
  config: StoreConfig,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<EventStore> {
  if (config.eventStore === 'memory') return new MemoryEventStore();
  mkdirSync(config.dataDir, { recursive: true });
  if (config.eventStore === 'eventstoredb') return openServer(config, dataPaths(config.dataDir).serverIndex);
  const path = dataPaths(config.dataDir).events;
  try {
    return await SqliteEventStore.open({ path, readOnly });
  } catch (error) {
    if (error instanceof EventStoreUnusable)
      throw new EventStoreUnusable(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/**
 * Keys are made after the log's file: where they are and it is not, or it has no byte, it was lost, and a new one
 * beside them would be a register that has forgotten everything. To be asked before a log is opened that would be made.
 * @throws KeyStoreError KEY_STORE_MISMATCH
 */
export function assertLogNotLost(config: StoreConfig): void {
  if (config.eventStore !== 'sqlite' || config.keyStore === 'mongodb') return;
  const { events, keys } = dataPaths(config.dataDir);
  if (!existsSync(keys) || (existsSync(events) && statSync(events).size > 0)) return;
  throw new KeyStoreError(
    'KEY_STORE_MISMATCH',
    `there are keys at ${keys}, but no log at ${events}: it was lost; bring it back, or restore a backup`,
  );
}

/**
 * Whether the register was begun: a log is there, or was, and on a server it holds something. Makes nothing.
 * @throws EventStoreError
 */
export async function isBegun(config: StoreConfig): Promise<boolean> {
  const { events, keys, serverIndex } = dataPaths(config.dataDir);
  if (config.eventStore !== 'eventstoredb')
    return config.eventStore === 'memory' || existsSync(events) || existsSync(keys);
  if (existsSync(serverIndex)) return true;
  const store = await openServer(config);
  try {
    return (await store.head()) > 0n;
  } finally {
    await store.close();
  }
}

/** @param indexPath default in memory */
async function openServer(config: StoreConfig, indexPath?: string): Promise<EventStore> {
  // Clients of servers are loaded where they are used: they are large, and the embedded default needs none of them.
  const { EventStoreDbEventStore } = await import('../kernel/event-store/eventstoredb/eventstoredb-event-store.js');
  return EventStoreDbEventStore.open({ ...serverPlace(config), ...(indexPath === undefined ? {} : { indexPath }) });
}

/** The server that the settings name, and what every stream of this register begins with there. @throws ConfigError */
export function serverPlace({ eventStoreUrl, eventStoreNamespace = 'fok' }: StoreConfig): {
  readonly connectionString: string;
  readonly namespace: string;
} {
  return { connectionString: needed(eventStoreUrl, 'EVENTSTORE_URL'), namespace: `${eventStoreNamespace}.` };
}

/** @throws ViewStoreError */
export async function openViewStore(config: StoreConfig): Promise<ViewStore> {
  if (config.viewStore === 'memory') return new MemoryViewStore();
  if (config.viewStore === 'mongodb') {
    const { MongoViewStore } = await import('../kernel/view-store/mongodb/mongodb-view-store.js');
    return MongoViewStore.open(needed(config.mongodbUrl, 'MONGODB_URL'));
  }
  return SqliteViewStore.open(dataPaths(config.dataDir).views);
}

/**
 * Opens the keys. The first start makes a key store and, unless it is kept elsewhere, a master key; a log that has
 * entries already is never given new keys in silence.
 * @throws KeyStoreError
 */
export async function openKeyStore(config: StoreConfig, store: EventStore): Promise<KeyStore> {
  if (config.eventStore === 'memory') return memoryKeyStore();
  return openKeys(keyPlace(config), (await store.head()) === 0n);
}

/** Where the keys of a register with this configuration lie, whether they are there or not. */
export function keyPlace(config: StoreConfig): KeyPlace {
  const { keys } = dataPaths(config.dataDir);
  const { keyStore, masterKeyFile } = config;
  return {
    store:
      keyStore === 'mongodb'
        ? { kind: 'mongodb', url: needed(config.keysMongodbUrl, 'KEYS_MONGODB_URL') }
        : { kind: 'sqlite', path: resolve(keys) },
    masterKey:
      masterKeyFile === undefined
        ? { path: join(dirname(keys), 'master.key'), kept: 'HERE' }
        : { path: masterKeyFile, kept: 'ELSEWHERE' },
  };
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new ConfigError([`${name} is needed with this store`]);
  return value;
}
