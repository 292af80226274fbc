import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeDatabase, openDatabase } from '../sqlite/sqlite.js';
import { createMasterKey, readMasterKey } from './file-master-key.js';
import { openKeys, rotateMasterKey } from './key-folder.js';
import type { KeyStore } from './key-store.js';
import { LocalMasterKey } from './local-master-key.js';
import { SqliteKeyStore } from './sqlite-key-store.js';

const EVA = '00000000-0000-4000-8000-00000000000a';
const BO = '00000000-0000-4000-8000-00000000000b';
const NAME = { kind: 'name', value: 'eva' };
const NUMBER = { kind: 'number', value: '191212121212' };

describe('the key store', () => {
  let folder: string;
  let path: string;
  const opened: KeyStore[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
    path = join(folder, 'keys.sqlite');
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    rmSync(folder, { recursive: true });
  });

  async function open(master: LocalMasterKey, cachedKeys?: number, create = true): Promise<SqliteKeyStore> {
    const store = await SqliteKeyStore.open({ path, master, create, ...(cachedKeys === undefined ? {} : { cachedKeys }) });
    opened.push(store);
    return store;
  }

  async function keyOf(store: KeyStore, subject: string): Promise<string | undefined> {
    const key = (await store.openingKeys([subject])).get(subject);
    return key instanceof Uint8Array ? Buffer.from(key).toString('hex') : key;
  }

  const bytesOfFolder = (): Buffer => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

  it('makes a key for each person once, and gives the same after it was opened again', async () => {
    const master = LocalMasterKey.ephemeral();
    const first = await open(master);
    const { keys } = await first.admit({ about: [EVA, BO], sealing: [EVA, BO, EVA] });
    expect(keys.get(EVA)).not.toEqual(keys.get(BO));
    const { register } = first;
    await first.close();
    const again = await open(master);
    expect(again.register).toBe(register);
    expect((await again.admit({ about: [EVA], sealing: [EVA] })).keys.get(EVA)).toEqual(keys.get(EVA));
  });

  it('gives the same key to two processes that ask for it at once, and to one that holds few keys', async () => {
    const master = LocalMasterKey.ephemeral();
    const [one, other] = [await open(master), await open(master, 1)];
    const [a, b] = await Promise.all([one.admit({ about: [EVA], sealing: [EVA, BO] }), other.admit({ about: [EVA], sealing: [BO, EVA] })]);
    expect(a!.keys.get(EVA)).toEqual(b!.keys.get(EVA));
    expect(a!.keys.get(BO)).toEqual(b!.keys.get(BO));
    expect(await keyOf(other, EVA)).toBe(await keyOf(one, EVA));
  });

  it('keeps no key, name or number in the clear', async () => {
    const store = await open(LocalMasterKey.ephemeral());
    const { keys } = await store.admit({ about: [EVA], sealing: [EVA], terms: [{ subject: EVA, ...NAME }, { subject: EVA, ...NUMBER }] });
    const bytes = bytesOfFolder();
    expect(bytes.includes(Buffer.from(keys.get(EVA)!))).toBe(false);
    expect(bytes.includes(NUMBER.value)).toBe(false);
  });

  it('finds a person by every term, until the terms are dropped', async () => {
    const store = await open(LocalMasterKey.ephemeral());
    await store.admit({ about: [EVA, BO], sealing: [], terms: [{ subject: EVA, ...NAME }, { subject: BO, ...NAME }, { subject: EVA, ...NUMBER }] });
    expect(await store.findByTerm(NAME)).toEqual([EVA, BO]);
    expect(await store.findByTerm(NUMBER)).toEqual([EVA]);
    expect(await store.findByTerm({ ...NUMBER, kind: 'name' })).toEqual([]);
    await store.dropTerms(EVA, 'number', [{ kind: 'number', value: 'new' }]);
    expect(await store.findByTerm(NUMBER)).toEqual([]);
    expect(await store.findByTerm(NAME)).toEqual([EVA, BO]);
  });

  it('forgets a person for good: no key, no terms, no new key, and no byte of the wrapped key in any file', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master);
    await store.admit({ about: [EVA], sealing: [EVA], terms: [{ subject: EVA, ...NAME }] });
    for (let other = 0; other < 300; other++) await store.admit({ about: [], sealing: [`person ${other}`] });
    const raw = openDatabase(path);
    const { wrapped } = raw.prepare('SELECT wrapped FROM persons WHERE subject = ?').get(EVA) as { wrapped: Uint8Array };
    closeDatabase(raw);
    expect(bytesOfFolder().includes(Buffer.from(wrapped))).toBe(true);

    await store.fence(EVA, 'decision 7');
    expect(await keyOf(store, EVA)).toBe('FORGOTTEN');
    expect(await store.unfinishedForgettings()).toEqual([{ subject: EVA, note: 'decision 7' }]);
    await store.destroy(EVA);
    expect(bytesOfFolder().includes(Buffer.from(wrapped))).toBe(false);
    await store.finishForgetting(EVA);
    expect(bytesOfFolder().includes('decision 7')).toBe(false);

    expect(await store.unfinishedForgettings()).toEqual([]);
    expect(await store.findByTerm(NAME)).toEqual([]);
    const { forgotten, keys } = await store.admit({ about: [EVA], sealing: [EVA], terms: [{ subject: EVA, ...NAME }] });
    expect([[...forgotten], [...keys]]).toEqual([[EVA], []]);
    expect(await keyOf(store, 'person 7')).toMatch(/^[0-9a-f]{64}$/);
    expect(await keyOf(store, 'nobody')).toBeUndefined();
  });

  it('destroys nobody who was not fenced', async () => {
    const store = await open(LocalMasterKey.ephemeral());
    await store.admit({ about: [], sealing: [EVA] });
    await expect(store.destroy(EVA)).rejects.toThrow(RangeError);
    expect(await keyOf(store, EVA)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lets go of a key that another process destroyed, although it held it', async () => {
    const master = LocalMasterKey.ephemeral();
    const [one, other] = [await open(master), await open(master)];
    await one.admit({ about: [EVA], sealing: [EVA] });
    await other.fence(EVA, 'x');
    await other.destroy(EVA);
    expect(await keyOf(one, EVA)).toBe('FORGOTTEN');
    expect([...(await one.admit({ about: [EVA], sealing: [EVA] })).forgotten]).toEqual([EVA]);
  });

  it('is not opened by another master key, nor when it is damaged or newer', async () => {
    await (await open(LocalMasterKey.ephemeral())).close();
    await expect(open(LocalMasterKey.ephemeral())).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
    const raw = openDatabase(path);
    raw.exec('PRAGMA user_version = 99');
    closeDatabase(raw);
    await expect(open(LocalMasterKey.ephemeral())).rejects.toMatchObject({ code: 'KEY_STORE_UNUSABLE', message: expect.stringContaining('newer program') as unknown });
    writeFileSync(path, 'this is no database, only a text that is long enough to be read as one of its pages');
    await expect(open(LocalMasterKey.ephemeral())).rejects.toMatchObject({ code: 'KEY_STORE_UNUSABLE' });
  });

  it('shows a key that does not fit the person as none', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master, 1);
    await store.admit({ about: [], sealing: [EVA, BO] });
    const raw = openDatabase(path);
    raw.exec(`UPDATE persons SET wrapped = (SELECT wrapped FROM persons WHERE subject = '${BO}') WHERE subject = '${EVA}'`);
    closeDatabase(raw);
    expect(await keyOf(store, BO)).toMatch(/^[0-9a-f]{64}$/);
    expect(await keyOf(store, EVA)).toBeUndefined();
    expect((await store.admit({ about: [EVA], sealing: [EVA] })).keys.has(EVA)).toBe(false);
  });

  it('wraps all keys anew, and then knows the old master key no more', async () => {
    const [old, next] = [LocalMasterKey.ephemeral(), LocalMasterKey.ephemeral()];
    const [store, other] = [await open(old), await open(old)];
    await store.admit({ about: [], sealing: [EVA, BO], terms: [{ subject: EVA, ...NAME }] });
    const before = await keyOf(store, EVA);
    await other.admit({ about: [], sealing: [EVA] });
    expect(await store.rotate(next)).toBe(2);
    await expect(other.admit({ about: [], sealing: [EVA] })).rejects.toMatchObject({ code: 'KEY_STORE_ROTATED' });
    await expect(open(old)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
    const again = await open(next);
    expect(await keyOf(again, EVA)).toBe(before);
    expect(await again.findByTerm(NAME)).toEqual([EVA]);
  });

  describe('in a folder of its own', () => {
    it('makes its master key at the first start, readable by its owner alone, and never again', async () => {
      const store = await openKeys({ store: path }, true);
      opened.push(store);
      const file = join(folder, 'master.key');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      await store.close();
      rmSync(file);
      await expect(openKeys({ store: path }, true)).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });
      writeFileSync(file, 'fok-master-key-v1 short\n');
      await expect(openKeys({ store: path }, true)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
    });

    it('is not made for a log that has entries', async () => {
      await expect(openKeys({ store: path }, false)).rejects.toMatchObject({ code: 'KEY_STORE_MISSING' });
      expect(existsSync(path)).toBe(false);
    });

    it('takes a master key from elsewhere, which must be there', async () => {
      const elsewhere = join(folder, 'elsewhere.key');
      await expect(openKeys({ store: path, masterKey: elsewhere }, true)).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });
      const { id } = createMasterKey(elsewhere);
      opened.push(await openKeys({ store: path, masterKey: elsewhere }, true));
      expect(readMasterKey(elsewhere).id).toBe(id);
      expect(existsSync(join(folder, 'master.key'))).toBe(false);
      chmodSync(elsewhere, 0o400);
      expect(() => createMasterKey(elsewhere)).toThrow('EEXIST');
    });

    it('changes its master key', async () => {
      const store = await openKeys({ store: path }, true);
      await store.admit({ about: [], sealing: [EVA] });
      const before = await keyOf(store, EVA);
      await store.close();
      const old = readMasterKey(join(folder, 'master.key')).id;
      expect(await rotateMasterKey({ store: path })).toBe(1);
      expect(readMasterKey(join(folder, 'master.key')).id).not.toBe(old);
      const again = await openKeys({ store: path }, false);
      opened.push(again);
      expect(await keyOf(again, EVA)).toBe(before);
    });

    it.each(['before the keys were wrapped', 'after the keys were wrapped'])('is whole when the change of the master key was interrupted %s', async (when) => {
      const store = await openKeys({ store: path }, true);
      await store.admit({ about: [], sealing: [EVA] });
      const before = await keyOf(store, EVA);
      const next = createMasterKey(join(folder, 'master.key.next'));
      if (when.startsWith('after')) await store.rotate(next);
      await store.close();
      const again = await openKeys({ store: path }, false);
      opened.push(again);
      expect(await keyOf(again, EVA)).toBe(before);
      expect(existsSync(join(folder, 'master.key.next'))).toBe(false);
    });
  });
});
