import { dirname, join } from 'node:path';
import type { SessionStore } from '../kernel/sessions/session-store.js';
import { SqliteSessionStore } from '../kernel/sessions/sqlite-session-store.js';
import { dataPaths, keyPlace, type StoreConfig } from './open-stores.js';

/**
 * Opens the sessions of people who have signed in: beside the keys, wherever these lie, so that the processes of a
 * register share them as they share the keys.
 * @throws SessionsUnavailable
 */
export async function openSessions(config: StoreConfig): Promise<SessionStore> {
  if (config.eventStore === 'memory') return SqliteSessionStore.open(':memory:');
  const { store } = keyPlace(config);
  if (store.kind === 'sqlite')
    return SqliteSessionStore.open(join(dirname(dataPaths(config.dataDir).keys), 'sessions.sqlite'));
  const { MongoSessionStore } = await import('../kernel/sessions/mongodb/mongo-session-store.js');
  return MongoSessionStore.open(store.url);
}
