import { describe, it } from '@jest/globals';
import { viewStoreContract } from './view-store.contract.js';
import { makeMemoryStore, makeSqliteStore } from './view-store.stores.js';

describe.each([
  { store: 'memory', make: makeMemoryStore },
  { store: 'sqlite', make: makeSqliteStore },
])('the view store contract: $store', ({ make }) => {
  it.each(viewStoreContract)('$name', ({ run }) => run(make));
});
