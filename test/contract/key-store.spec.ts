import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { keyStoreContract } from './key-store.contract.js';
import { makeMemoryKeyStore, makeMongoKeyStores, makeSqliteKeyStore } from './key-store.stores.js';

describe('the key store contract: memory', () => {
  for (const { name, shared, run } of keyStoreContract) (shared ? it.skip : it)(name, () => run(makeMemoryKeyStore));
});

describe('the key store contract: sqlite', () => {
  it.each(keyStoreContract)('$name', ({ run }) => run(makeSqliteKeyStore));
});

describe.each([{ kind: 'replica set' as const }, { kind: 'standalone' as const }])('the key store contract: mongodb, against our double of a $kind', ({ kind }) => {
  let double: FakeMongoDB;
  beforeAll(async () => {
    double = await FakeMongoDB.start(kind);
  });
  afterAll(() => double.stop());

  it.each(keyStoreContract)('$name', ({ run }) => run(makeMongoKeyStores(double.url)));
});

/** FerretDB 1.24 stands still in it; which of its commands waits was not found. */
const NOT_ON_FERRETDB = new Set(['loses no key that was given away while all were wrapped anew']);

describe.each([{ variable: 'MONGODB_URL' }, { variable: 'FERRETDB_URL' }])('the key store contract: mongodb, against the server at $variable', ({ variable }) => {
  const url = process.env[variable];
  if (url === undefined) {
    it.skip(`skipped: ${variable} names no server`, () => undefined);
    return;
  }
  for (const { name, run } of keyStoreContract) (variable === 'FERRETDB_URL' && NOT_ON_FERRETDB.has(name) ? it.skip : it)(name, () => run(makeMongoKeyStores(url)));
});
