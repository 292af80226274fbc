import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { keyStoreContract } from './key-store.contract.js';
import { makeMemoryKeyStore, makeMongoKeyStores, makeSqliteKeyStore } from './key-store.stores.js';

describe('the key store contract: memory', () => {
  // Nobody else can open a store in this process's memory, so what several share is no part of its contract.
  it.each(keyStoreContract.filter(({ shared }) => !shared))('$name', ({ run }) => run(makeMemoryKeyStore));
});

describe('the key store contract: sqlite', () => {
  it.each(keyStoreContract)('$name', ({ run }) => run(makeSqliteKeyStore));
});

describe.each([{ kind: 'replica set' as const }, { kind: 'standalone' as const }])(
  'the key store contract: mongodb, against our double of a $kind',
  ({ kind }) => {
    let double: FakeMongoDB;
    beforeAll(async () => {
      double = await FakeMongoDB.start(kind);
    });
    afterAll(() => double.stop());

    it.each(keyStoreContract)('$name', ({ run }) => run(makeMongoKeyStores(double.url)));
  },
);

/**
 * FerretDB 1.24 stands still in the first, which of its commands waits was not found; in the second its own code meets an
 * index out of range, as a rule, and drops the connections.
 */
const NOT_ON_FERRETDB = new Set([
  'loses no key that was given away while all were wrapped anew',
  'is made once, however many start at once',
]);

describe.each([{ variable: 'MONGODB_URL' }, { variable: 'FERRETDB_URL' }])(
  'the key store contract: mongodb, against the server at $variable',
  ({ variable }) => {
    const url = process.env[variable];
    if (url === undefined) {
      // A run without a server says so: what was not asked of one is not passed.
      it.skip(`skipped: ${variable} names no server`, () => undefined);
      return;
    }
    // Skipped by name and not left out: it is a promise of the store that was not shown there.
    for (const { name, run } of keyStoreContract)
      (variable === 'FERRETDB_URL' && NOT_ON_FERRETDB.has(name) ? it.skip : it)(name, () =>
        run(makeMongoKeyStores(url)),
      );
  },
);
