import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { viewStoreContract, type ContractCase } from './view-store.contract.js';
import { makeMongoStores } from './view-store.mongodb-stores.js';

describe.each([{ kind: 'replica set' as const }, { kind: 'standalone' as const }])(
  'the view store contract: mongodb, against our double of a $kind',
  ({ kind }) => {
    let double: FakeMongoDB;
    beforeAll(async () => {
      double = await FakeMongoDB.start(kind);
    });
    afterAll(() => double.stop());

    it.each(viewStoreContract)('$name', ({ run }) => run(makeMongoStores(double.url)));
  },
);

/**
 * FerretDB 1.24 finds a document and changes it in two steps: of two updates with one condition, at one instant, both
 * may go through.
 */
const NOT_ON_FERRETDB = new Set(['lets exactly one of several runners in, at every step']);

const servers: { readonly variable: string; readonly skips: (one: ContractCase) => boolean }[] = [
  { variable: 'MONGODB_URL', skips: () => false },
  { variable: 'FERRETDB_URL', skips: ({ name }) => NOT_ON_FERRETDB.has(name) },
];

describe.each(servers)('the view store contract: mongodb, against the server at $variable', ({ variable, skips }) => {
  const url = process.env[variable];
  if (url === undefined) {
    // A run without a server says so: what was not asked of one is not passed.
    it.skip(`skipped: ${variable} names no server`, () => undefined);
    return;
  }
  for (const one of viewStoreContract) (skips(one) ? it.skip : it)(one.name, () => one.run(makeMongoStores(url)));
});
