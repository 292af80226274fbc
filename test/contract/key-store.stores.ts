import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, MongoClient } from 'mongodb';
import type { KeyStore } from '../../src/kernel/privacy/key-store.js';
import { openMongoKeyStore } from '../../src/kernel/privacy/mongodb/mongo-key-records.js';
import { openSqliteKeyStore } from '../../src/kernel/privacy/sqlite-key-records.js';
import { closeDatabase, openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { databaseAt } from '../support/mongodb-address.js';
import type { KeyStoreUnderTest, MakeKeyStore } from './key-store.contract.js';

/** Rows in memory, for one handle. */
export const makeMemoryKeyStore: MakeKeyStore = async () =>
  underTest((master, options) => openSqliteKeyStore({ path: ':memory:', master, create: true, ...options }), {
    exchangeKeys: async () => undefined,
    clear: async () => undefined,
  });

/** Rows in a file of a folder of its own. */
export const makeSqliteKeyStore: MakeKeyStore = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const path = join(folder, 'keys.sqlite');
  return underTest((master, options) => openSqliteKeyStore({ path, master, create: true, ...options }), {
    exchangeKeys: async (one, other) => {
      const raw = openDatabase(path, {});
      const [first, second] = [one, other].map(
        (subject) =>
          (raw.prepare('SELECT wrapped FROM persons WHERE subject = ?').get(subject) as { wrapped: Uint8Array })
            .wrapped,
      );
      raw.prepare('UPDATE persons SET wrapped = ? WHERE subject = ?').run(second!, one);
      raw.prepare('UPDATE persons SET wrapped = ? WHERE subject = ?').run(first!, other);
      closeDatabase(raw);
    },
    clear: async () => rmSync(folder, { recursive: true }),
  });
};

/** Rows in a database of its own on a running server. */
export function makeMongoKeyStores(server: string): MakeKeyStore {
  return async () => {
    const url = databaseAt(server, `keys_test_${randomUUID().slice(0, 8)}`);
    return underTest((master, options) => openMongoKeyStore({ url, master, create: true, ...options }), {
      exchangeKeys: (one, other) =>
        onDatabase(url, async (persons) => {
          const [first, second] = [await persons.findOne({ _id: one }), await persons.findOne({ _id: other })];
          await persons.updateOne({ _id: one }, { $set: { keys: second!['keys'] as unknown } });
          await persons.updateOne({ _id: other }, { $set: { keys: first!['keys'] as unknown } });
        }),
      clear: () => onDatabase(url, async (persons) => void (await persons.db.dropDatabase())),
    });
  };
}

/** Looks at the rows behind the store's back. */
export async function onDatabase<T>(
  url: string,
  look: (persons: ReturnType<typeof personsOf>) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(url);
  try {
    return await look(personsOf(client));
  } finally {
    await client.close();
  }
}

function personsOf(client: MongoClient) {
  return Object.assign(client.db().collection<Document & { _id: string }>('persons'), { db: client.db() });
}

function underTest(
  open: KeyStoreUnderTest['open'],
  {
    exchangeKeys,
    clear,
  }: { readonly exchangeKeys: KeyStoreUnderTest['exchangeKeys']; readonly clear: () => Promise<void> },
): KeyStoreUnderTest {
  const opened: KeyStore[] = [];
  return {
    open: async (...args) => {
      const store = await open(...args);
      opened.push(store);
      return store;
    },
    exchangeKeys,
    dispose: async () => {
      for (const store of opened) await store.close();
      await clear();
    },
  };
}
