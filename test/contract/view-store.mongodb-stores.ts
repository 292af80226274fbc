import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { MongoViewStore } from '../../src/kernel/view-store/mongodb/mongodb-view-store.js';
import { databaseAt } from '../support/mongodb-address.js';
import type { MakeStore } from './view-store.contract.js';

/** Stores on a running server, each in a database of its own that is dropped afterwards. */
export function makeMongoStores(server: string): MakeStore {
  return async () => {
    const url = databaseAt(server, `fok-test-${process.env['TEST_RUN']}-${randomUUID().slice(0, 8)}`);
    const opened: MongoViewStore[] = [];
    const again = async () => {
      const store = await MongoViewStore.open(url);
      opened.push(store);
      return store;
    };
    const dispose = async () => {
      for (const store of opened) await store.close();
      const client = new MongoClient(url);
      await client.db().dropDatabase();
      await client.close();
    };
    return { store: await again(), again, dispose };
  };
}
