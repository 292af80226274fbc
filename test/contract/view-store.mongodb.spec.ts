import { describe, it } from '@jest/globals';
import { viewStoreContract } from './view-store.contract.js';
import { makeMongoStores } from './view-store.mongodb-stores.js';

const server = process.env['MONGODB_URL'];

describe('the view store contract: mongodb at MONGODB_URL', () => {
  if (server === undefined) it.skip('skipped: MONGODB_URL names no server', () => undefined);
  else it.each(viewStoreContract)('$name', ({ run }) => run(makeMongoStores(server)));
});
