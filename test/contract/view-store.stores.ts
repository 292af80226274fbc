import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryViewStore } from '../../src/kernel/view-store/memory/memory-view-store.js';
import { SqliteViewStore } from '../../src/kernel/view-store/sqlite/sqlite-view-store.js';
import type { ViewStore } from '../../src/kernel/view-store/view-store.js';
import type { MakeStore } from './view-store.contract.js';

/** A store in memory; whoever opens it again gets the same one, since no other process could. */
export const makeMemoryStore: MakeStore = async () => {
  const store = new MemoryViewStore();
  return { store, again: async () => store, dispose: () => store.close() };
};

/** A store in a folder of its own, removed afterwards. */
export const makeSqliteStore: MakeStore = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'views-'));
  const opened: ViewStore[] = [];
  const again = async () => {
    const store = await SqliteViewStore.open(folder);
    opened.push(store);
    return store;
  };
  const dispose = async () => {
    for (const store of opened) await store.close();
    await rm(folder, { recursive: true });
  };
  return { store: await again(), again, dispose };
};
