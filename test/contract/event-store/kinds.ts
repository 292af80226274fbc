import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../../src/kernel/event-store/event-store.js';
import { EventStoreDbEventStore } from '../../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { MemoryEventStore } from '../../../src/kernel/event-store/memory/memory-event-store.js';
import { SqliteEventStore } from '../../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { EventStoreDbDouble } from '../../doubles/eventstoredb/eventstoredb-double.js';
import type { StoreKind } from './case.js';

/** The memory store, or one that is made of it. */
export function memoryKind(make: () => EventStore = () => new MemoryEventStore()): StoreKind {
  return {
    name: 'memory',
    ordersWriters: true,
    shared: false,
    openLog: async () => {
      const store = make();
      const openAgain = () => Promise.reject(new Error("a log in memory is one process's own"));
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

/** The adapter for EventStoreDB, over gRPC against the double. */
export const eventStoreDbDoubleKind: StoreKind = {
  name: 'eventstoredb, on the double',
  ordersWriters: false,
  shared: true,
  openLog: async () => {
    const double = new EventStoreDbDouble();
    await double.start();
    const log = openNamespace(double.connectionString);
    return {
      ...log,
      dispose: async () => {
        await log.dispose();
        double.kill();
      },
    };
  },
};

/**
 * The adapter for EventStoreDB against a server that runs; each log is a namespace of its own there, and is left
 * behind.
 */
export function eventStoreDbServerKind(connectionString: string): StoreKind {
  return {
    name: 'eventstoredb, on the server at EVENTSTORE_URL',
    ordersWriters: false,
    shared: true,
    openLog: async () => openNamespace(connectionString),
  };
}

function openNamespace(connectionString: string) {
  const namespace = `test${randomBytes(8).toString('hex')}.`;
  const opened: EventStore[] = [];
  const openAgain = async () => {
    const store = EventStoreDbEventStore.open({ connectionString, namespace });
    opened.push(store);
    return store;
  };
  const store = EventStoreDbEventStore.open({ connectionString, namespace });
  opened.push(store);
  return {
    store,
    openAgain,
    dispose: async () => {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}
