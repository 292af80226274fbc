import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../../src/kernel/event-store/event-store.js';
import { MemoryEventStore } from '../../../src/kernel/event-store/memory/memory-event-store.js';
import { SqliteEventStore } from '../../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import type { StoreKind } from './case.js';

/** The memory store, or one that is made of it. */
export function memoryKind(make: () => EventStore = () => new MemoryEventStore()): StoreKind {
  return {
    name: 'memory',
    ordersWriters: true,
    shared: false,
    openLog: async () => {
      const store = make();
      const openAgain = () => Promise.reject(new Error('a log in memory is one process\'s own'));
      return { store, openAgain, dispose: () => store.close() };
    },
  };
}

export const sqliteKind: StoreKind = {
  name: 'sqlite',
  ordersWriters: true,
  shared: true,
  openLog: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'event-store-'));
    const opened: EventStore[] = [];
    const openAgain = async () => {
      const store = await SqliteEventStore.open({ path: join(folder, 'log.db') });
      opened.push(store);
      return store;
    };
    const dispose = async () => {
      await Promise.all(opened.map((store) => store.close()));
      await rm(folder, { recursive: true });
    };
    return { store: await openAgain(), openAgain, dispose };
  },
};
