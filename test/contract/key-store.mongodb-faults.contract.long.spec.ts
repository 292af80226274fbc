import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyStoreError } from '../../src/kernel/privacy/key-store-error.js';
import { createMasterKey, readMasterKey } from '../../src/kernel/privacy/file-master-key.js';
import { copyKeyStore, identityOf, putKeyStore } from '../../src/kernel/privacy/key-copy.js';
import type { KeyPlace } from '../../src/kernel/privacy/key-place.js';
import { LocalMasterKey } from '../../src/kernel/privacy/local-master-key.js';
import { openMongoKeyStore } from '../../src/kernel/privacy/mongodb/mongo-key-records.js';
import { changeMasterKey, openKeys } from '../../src/kernel/privacy/open-keys.js';
import type { StoredKeyStore } from '../../src/kernel/privacy/stored-key-store.js';
import { cutOffAfter } from '../doubles/mongodb/cut-off.js';
import { FakeMongoDB, type Fate, isSessionKeeping } from '../doubles/mongodb/fake-mongodb.js';
import { BO, EVA, keyOf } from './key-store.contract.js';
import { onDatabase } from './key-store.stores.js';

const NAME = { kind: 'name', value: 'eva' };
let double: FakeMongoDB;
let folder: string;
let url: string;
const opened: StoredKeyStore[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  double = await FakeMongoDB.start('standalone');
  url = `${double.url}/keys`;
});
afterEach(async () => {
  double.fate = () => 'served';
  for (const store of opened.splice(0)) await store.close();
  await double.stop();
  rmSync(folder, { recursive: true });
});

async function open(master: LocalMasterKey, before?: LocalMasterKey): Promise<StoredKeyStore> {
  const store = await openMongoKeyStore({ url, master, create: true, ...(before ? { before } : {}) });
  opened.push(store);
  return store;
}

/** Cuts the work off after so many commands. @returns true when it needed no more than that */
async function vanishAfter(served: number, fate: Fate, work: () => Promise<unknown>): Promise<boolean> {
  const error = await cutOffAfter(double, served, fate, work);
  if (error !== undefined) expect(error).toMatchObject({ code: 'KEY_STORE_UNAVAILABLE' });
  return error === undefined;
}

/** Tries the work again and again in a fresh database, each time cut off one command later, until it comes through. */
async function cutOffEverywhere(
  fate: Fate,
  prepare: () => Promise<() => Promise<unknown>>,
  check: (done: boolean) => Promise<void>,
): Promise<number> {
  for (let served = 0; ; served += 1) {
    url = `${double.url}/keys_${served}`;
    const work = await prepare();
    const done = await vanishAfter(served, fate, work);
    await check(done);
    for (const store of opened.splice(0)) await store.close();
    if (done) return served;
  }
}

describe.each(['lost', 'unanswered'] as const)('keys on MongoDB when the last command is %s', (fate) => {
  it('admitting: a person has one key for good, and is found once the facts can be recorded', async () => {
    let master: LocalMasterKey;
    const commands = await cutOffEverywhere(
      fate,
      async () => {
        master = LocalMasterKey.ephemeral();
        const store = await open(master);
        return () => store.admit({ about: [EVA, BO], sealing: [EVA, BO], terms: [{ subject: EVA, ...NAME }] });
      },
      async () => {
        const other = await open(master);
        const before = await keyOf(other, EVA);
        const { keys } = await other.admit({ about: [], sealing: [EVA], terms: [{ subject: EVA, ...NAME }] });
        const key = Buffer.from(keys.get(EVA)!).toString('hex');
        if (before !== undefined) expect(key).toBe(before);
        expect(await other.findByTerm(NAME)).toEqual([EVA]);
        expect(await keyOf(await open(master), EVA)).toBe(key);
      },
    );
    expect(commands).toBeGreaterThan(3);
  });

  it('forgetting: what is begun is told to whoever comes next, and can be completed', async () => {
    let master: LocalMasterKey;
    const seen = new Set<string>();
    await cutOffEverywhere(
      fate,
      async () => {
        master = LocalMasterKey.ephemeral();
        const store = await open(master);
        await store.admit({ about: [], sealing: [EVA, BO], terms: [{ subject: EVA, ...NAME }] });
        return async () => {
          await store.fence(EVA, 'decision');
          await store.destroy(EVA);
          await store.finishForgetting(EVA);
        };
      },
      async (done) => {
        const other = await open(master);
        const [left] = await other.unfinishedForgettings();
        const forgotten = await other.isForgotten(EVA);
        seen.add(`${forgotten} ${left?.note}`);
        // Somebody who is forgotten is either on the list of what is to be completed, or gone.
        if (left === undefined && forgotten) expect(await rawOf(EVA)).toEqual({ _id: EVA, fenced: true });
        if (done) expect([forgotten, left]).toEqual([true, undefined]);
        if (left) {
          await other.destroy(EVA);
          await other.finishForgetting(EVA);
          expect(await rawOf(EVA)).toEqual({ _id: EVA, fenced: true });
        }
        expect(await keyOf(other, BO)).toMatch(/^[0-9a-f]{64}$/);
      },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['true decision', 'true undefined']));
    if (fate === 'lost') expect(seen).toContain('false undefined');
  });

  it('changing the master key: every key can be had with the one or with the other, and the change can be made again', async () => {
    let keys: { readonly old: LocalMasterKey; readonly next: LocalMasterKey; readonly eva: string | undefined };
    const counted = new Set<boolean>();
    const commands = await cutOffEverywhere(
      fate,
      async () => {
        const [old, next] = [LocalMasterKey.ephemeral(), LocalMasterKey.ephemeral()];
        const store = await open(old);
        await store.admit({ about: [], sealing: [EVA, BO], terms: [{ subject: EVA, ...NAME }] });
        keys = { old, next, eva: await keyOf(store, EVA) };
        return () => store.rotate(next);
      },
      async (done) => {
        const { old, next, eva } = keys;
        const before = await open(old).catch((error: unknown) => error as KeyStoreError);
        counted.add(before instanceof Error);
        if (before instanceof Error) expect(before.code).toBe('MASTER_KEY_WRONG');
        else {
          expect(done).toBe(false);
          expect(await keyOf(before, EVA)).toBe(eva);
          expect(await before.rotate(next)).toBe(2);
        }
        const after = await open(next, old);
        expect(await keyOf(after, EVA)).toBe(eva);
        expect(await after.findByTerm(NAME)).toEqual([EVA]);
        expect(Object.keys((await rawOf(EVA))['keys'] as object)).toEqual([next.id]);
      },
    );
    expect(counted).toEqual(new Set([false, true]));
    expect(commands).toBeGreaterThan(6);
  });
});

function rawOf(subject: string): Promise<Record<string, unknown>> {
  return onDatabase(url, async (persons) => ({ ...(await persons.findOne({ _id: subject })) }));
}

describe('keys on MongoDB', () => {
  it('a change of the master key that was broken off is not passed over in silence', async () => {
    const [old, next] = [LocalMasterKey.ephemeral(), LocalMasterKey.ephemeral()];
    const store = await open(old);
    await store.admit({ about: [], sealing: [EVA] });
    const eva = await keyOf(store, EVA);
    // The change counts with the update of the store's document that follows the rows; nothing after it is served.
    let updates = 0;
    double.fate = (name, command) =>
      name === 'update' && command['update'] === 'store' && (updates += 1) === 1
        ? 'unanswered'
        : updates > 0 && !isSessionKeeping(name)
          ? 'lost'
          : 'served';
    await expect(store.rotate(next)).rejects.toMatchObject({ code: 'KEY_STORE_UNAVAILABLE' });
    double.fate = () => 'served';
    await expect(open(next)).rejects.toMatchObject({
      code: 'KEY_STORE_ROTATED',
      message: expect.stringContaining('fok keys rotate again') as unknown,
    });
    expect(await keyOf(await open(next, old), EVA)).toBe(eva);
    expect(await keyOf(await open(next), EVA)).toBe(eva);
  });

  it.each(['HERE', 'ELSEWHERE'] as const)(
    'the master key is changed when it is kept %s, again after it was broken off too',
    async (kept) => {
      const place: KeyPlace = {
        store: { kind: 'mongodb', url },
        masterKey: { path: join(folder, 'master.key'), kept },
      };
      const newKey = join(folder, 'new.key');
      if (kept === 'ELSEWHERE') createMasterKey(place.masterKey.path);
      const store = await openKeys(place, true);
      await store.admit({ about: [], sealing: [EVA] });
      const eva = await keyOf(store, EVA);
      await store.close();
      expect(await changeMasterKey(place, newKey)).toBe(1);
      const now: KeyPlace = kept === 'HERE' ? place : { ...place, masterKey: { path: newKey, kept } };
      if (kept === 'ELSEWHERE') {
        await expect(openKeys(place, false)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
        expect(await changeMasterKey(place, newKey)).toBe(0);
      }
      let updates = 0;
      double.fate = (name, command) =>
        name === 'update' && command['update'] === 'store' && (updates += 1) === 1
          ? 'unanswered'
          : updates > 0 && !isSessionKeeping(name)
            ? 'lost'
            : 'served';
      await expect(changeMasterKey(now, join(folder, 'third.key'))).rejects.toBeInstanceOf(KeyStoreError);
      double.fate = () => 'served';
      if (kept === 'ELSEWHERE') await changeMasterKey(now, join(folder, 'third.key'));
      const last = await openKeys(
        kept === 'HERE' ? place : { ...place, masterKey: { path: join(folder, 'third.key'), kept } },
        false,
      );
      opened.push(last);
      expect(await keyOf(last, EVA)).toBe(eva);
      expect(existsSync(join(folder, 'master.key.next'))).toBe(false);
    },
  );

  it('are not made for a log that has entries', async () => {
    const place: KeyPlace = {
      store: { kind: 'mongodb', url },
      masterKey: { path: join(folder, 'master.key'), kept: 'HERE' },
    };
    await expect(openKeys(place, false)).rejects.toMatchObject({
      code: 'KEY_STORE_MISSING',
      message: expect.stringContaining('database "keys"') as unknown,
    });
    expect(existsSync(place.masterKey.path)).toBe(false);
  });

  it('are refused when a newer program wrote them, and when the server cannot be reached, without a word of the address', async () => {
    const master = LocalMasterKey.ephemeral();
    await (await open(master)).close();
    await onDatabase(
      url,
      async ({ db }) => void (await db.collection('store').updateOne({}, { $set: { format: 99 } })),
    );
    await expect(open(master)).rejects.toMatchObject({
      code: 'KEY_STORE_UNUSABLE',
      message: expect.stringContaining('newer program') as unknown,
    });
    double.fate = () => 'lost';
    const refused = await openMongoKeyStore({
      url: `${url.replace('//', '//keeper:hush-hush@')}?serverSelectionTimeoutMS=500`,
      master,
      create: true,
    }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'KEY_STORE_UNAVAILABLE' });
    expect(String(refused)).not.toMatch(/hush-hush|127\.0\.0\.1/);
  });

  it('are written and read so that no fallen server takes them away again, whatever the URL says', async () => {
    await double.stop();
    double = await FakeMongoDB.start('replica set');
    const sent: Record<string, unknown>[] = [];
    double.fate = (name, command) => {
      if (['find', 'update', 'insert', 'findAndModify', 'delete'].includes(name)) sent.push(command);
      return 'served';
    };
    url = `${double.url}/keys?w=0&journal=false&readConcernLevel=local&readPreference=secondaryPreferred`;
    const store = await open(LocalMasterKey.ephemeral());
    await store.admit({ about: [], sealing: [EVA], terms: [{ subject: EVA, ...NAME }] });
    await store.fence(EVA, 'x');
    await store.destroy(EVA);
    expect(sent.length).toBeGreaterThan(8);
    for (const command of sent) {
      if ('find' in command) expect(command['readConcern']).toMatchObject({ level: 'majority' });
      else expect(command['writeConcern']).toMatchObject({ w: 'majority', j: true });
      expect(command['$readPreference'] ?? { mode: 'primary' }).toEqual({ mode: 'primary' });
    }
  });

  it('go into a file and come back out of it, wrapped all the way; what was forgotten stays forgotten', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master);
    const many = Array.from({ length: 1_500 }, (_, n) => `person ${String(n).padStart(4, '0')}`);
    await store.admit({
      about: [],
      sealing: [EVA, BO, ...many],
      terms: [
        { subject: EVA, ...NAME },
        { subject: 'person 0007', kind: 'number', value: '7' },
      ],
    });
    await store.fence(BO, 'decision');
    await store.destroy(BO);
    expect(await store.logBegun()).toBe(false);
    await store.noteLogBegun();
    const [eva, last] = [await keyOf(store, EVA), await keyOf(store, 'person 1499')];
    const file = join(folder, 'copy.sqlite');
    await copyKeyStore({ kind: 'mongodb', url }, file);
    expect(await identityOf({ kind: 'sqlite', path: file })).toEqual({
      register: store.register,
      masterKeyId: master.id,
      logBegun: true,
    });

    url = `${double.url}/restored`;
    await vanishAfter(6, 'lost', () => putKeyStore(file, { kind: 'mongodb', url }));
    await expect(open(master)).rejects.toMatchObject({
      code: 'KEY_STORE_UNUSABLE',
      message: expect.stringContaining('broken off') as unknown,
    });
    const countsNow = await putKeyStore(file, { kind: 'mongodb', url });
    await expect(open(master)).rejects.toMatchObject({ code: 'KEY_STORE_UNUSABLE' });
    await countsNow();
    expect(await identityOf({ kind: 'mongodb', url })).toMatchObject({ logBegun: true });
    const restored = await open(master);
    expect(restored.register).toBe(store.register);
    expect([await keyOf(restored, EVA), await keyOf(restored, BO), await keyOf(restored, 'person 1499')]).toEqual([
      eva,
      'FORGOTTEN',
      last,
    ]);
    expect(await restored.findByTerm(NAME)).toEqual([EVA]);
    expect(await restored.findByTerm({ kind: 'number', value: '7' })).toEqual(['person 0007']);
    expect(await restored.unfinishedForgettings()).toEqual([{ subject: BO, note: 'decision' }]);
    await expect(putKeyStore(file, { kind: 'mongodb', url })).rejects.toMatchObject({ code: 'KEY_STORE_MISMATCH' });
  });

  it('come into a folder with the master key of whoever was first, and the second is told', async () => {
    const [one, other] = ['one', 'other'].map((name): KeyPlace => ({
      store: { kind: 'mongodb', url },
      masterKey: { path: join(folder, name, 'master.key'), kept: 'HERE' },
    }));
    opened.push(await openKeys(one!, true));
    await expect(openKeys(other!, true)).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });
    expect(readMasterKey(one!.masterKey.path).id).toMatch(/^[0-9a-f]{16}$/);
  });
});
