import type { EventStore } from '../event-store/event-store.js';
import { readBody } from './stored-body.js';

/** The id of the register whose log it is, as its first event says; undefined of an empty log, or one that cannot be read. */
export async function registerOf(store: Pick<EventStore, 'readLog'>): Promise<string | undefined> {
  const [first] = await store.readLog({ limit: 1 });
  const body = first && readBody(first.body);
  return typeof body === 'object' ? body.register : undefined;
}
