import { describe, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryViewStore } from '../../src/kernel/view-store/memory/memory-view-store.js';
import { SqliteViewStore } from '../../src/kernel/view-store/sqlite/sqlite-view-store.js';
import { viewStoreContract, type MakeStore } from './view-store.contract.js';

const memory: MakeStore = async () => {
  const store = new MemoryViewStore();
  return { store, again: async () => store, dispose: () => store.close() };
};

const sqlite: MakeStore = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'views-'));
  const stores = [await SqliteViewStore.open(folder)];
  const again = async () => {
    const store = await SqliteViewStore.open(folder);
    stores.push(store);
    return store;
  };
  const dispose = async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  };
  return { store: stores[0] as SqliteViewStore, again, dispose };
};

describe.each([
  { store: 'memory', make: memory },
  { store: 'sqlite', make: sqlite },
])('the view store contract: $store', ({ make }) => {
  it.each(viewStoreContract)('$name', ({ run }) => run(make));
});
