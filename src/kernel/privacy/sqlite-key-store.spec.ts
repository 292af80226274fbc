import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeDatabase, openDatabase } from '../sqlite/sqlite.js';
import { createMasterKey, readMasterKey } from './file-master-key.js';
import { readKeyFile, writeKeyFile } from './key-file-contents.js';
import type { KeyPlace } from './key-place.js';
import type { KeyStore } from './key-store.js';
import { LocalMasterKey } from './local-master-key.js';
import { changeMasterKey, openKeys } from './open-keys.js';
import { openSqliteKeyStore } from './sqlite-key-records.js';
import type { StoredKeyStore } from './stored-key-store.js';

const EVA = '00000000-0000-4000-8000-00000000000a';
const NAME = { kind: 'name', value: 'eva' };
const NUMBER = { kind: 'number', value: '191212121212' };

/** What holds of the file; what holds of every key store is in test/contract/key-store.contract.ts. */
describe('a key store in an SQLite file', () => {
  let folder: string;
  let path: string;
  let place: KeyPlace;
  const opened: KeyStore[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
    path = join(folder, 'keys.sqlite');
    place = { store: { kind: 'sqlite', path }, masterKey: { path: join(folder, 'master.key'), kept: 'HERE' } };
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    rmSync(folder, { recursive: true });
  });

  async function open(master: LocalMasterKey): Promise<StoredKeyStore> {
    const store = await openSqliteKeyStore({ path, master, create: true });
    opened.push(store);
    return store;
  }

  async function keyOf(store: KeyStore, subject: string): Promise<string | undefined> {
    const key = (await store.openingKeys([subject])).get(subject);
    return key instanceof Uint8Array ? Buffer.from(key).toString('hex') : key;
  }

  const bytesOfFolder = (): Buffer =>
    Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

  it('whose file was removed or replaced gives no key away that would be lost with it', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master);
    await store.admit({ about: [EVA], sealing: [EVA] });
    renameSync(path, `${path}.elsewhere`);
    const other = EVA.replace('a', 'b');
    await expect(store.admit({ about: [other], sealing: [other] })).rejects.toMatchObject({
      code: 'KEY_STORE_UNUSABLE',
    });
    renameSync(`${path}.elsewhere`, path);
    expect((await store.admit({ about: [other], sealing: [other] })).keys.size).toBe(1);
  });

  it('keeps no key, name or number in the clear', async () => {
    const store = await open(LocalMasterKey.ephemeral());
    const { keys } = await store.admit({
      about: [EVA],
      sealing: [EVA],
      terms: [
        { subject: EVA, ...NAME },
        { subject: EVA, ...NUMBER },
      ],
    });
    const bytes = bytesOfFolder();
    expect(bytes.includes(Buffer.from(keys.get(EVA)!))).toBe(false);
    expect(bytes.includes(NUMBER.value)).toBe(false);
  });

  it('leaves no byte of a wrapped key that was destroyed in any file, nor of the note', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master);
    await store.admit({ about: [EVA], sealing: [EVA], terms: [{ subject: EVA, ...NAME }] });
    for (let other = 0; other < 300; other++) await store.admit({ about: [], sealing: [`person ${other}`] });
    const raw = openDatabase(path);
    const { wrapped } = raw.prepare('SELECT wrapped FROM persons WHERE subject = ?').get(EVA) as {
      wrapped: Uint8Array;
    };
    closeDatabase(raw);
    expect(bytesOfFolder().includes(Buffer.from(wrapped))).toBe(true);

    await store.fence(EVA, 'decision 7');
    await store.destroy(EVA);
    expect(bytesOfFolder().includes(Buffer.from(wrapped))).toBe(false);
    await store.finishForgetting(EVA);
    expect(bytesOfFolder().includes('decision 7')).toBe(false);
  });

  it('of format 1 becomes one of today when it is opened, and a backup of it can still be read', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master);
    await store.admit({ about: [], sealing: [EVA], terms: [{ subject: EVA, ...NAME }] });
    await store.close();
    const raw = openDatabase(path);
    raw.exec('DROP TABLE claims; PRAGMA user_version = 1');
    closeDatabase(raw);
    const rows = await readKeyFile(path, async (contents) => [...(contents.claims() as Iterable<unknown>)]);
    expect(rows).toEqual([]);
    const again = await open(master);
    expect(await again.findByTerm(NAME)).toEqual([EVA]);
    const claim = { subject: EVA, at: '2026-11-22T12:00:00.000Z' };
    expect(await again.claim({ kind: 'claim', value: 'x' }, claim)).toMatchObject(claim);
  });

  it('is copied with what only one person can have', async () => {
    const master = LocalMasterKey.ephemeral();
    const store = await open(master);
    const things = Array.from({ length: 1_500 }, (_, n) => ({ kind: 'claim', value: String(n) }));
    await store.admit({
      about: [],
      sealing: [EVA],
      claims: things.map((thing) => ({ ...thing, subject: EVA, at: 'then' })),
    });
    await store.close();
    const copy = join(folder, 'copy.sqlite');
    await readKeyFile(path, (contents) => writeKeyFile(copy, contents));
    const copied = await openSqliteKeyStore({ path: copy, master, create: false });
    opened.push(copied);
    const held = await copied.holders(things);
    expect(held.every((one) => one?.subject === EVA && one.at === 'then')).toBe(true);
  });

  it('is not opened when it is damaged or newer', async () => {
    await (await open(LocalMasterKey.ephemeral())).close();
    const raw = openDatabase(path);
    raw.exec('PRAGMA user_version = 99');
    closeDatabase(raw);
    await expect(open(LocalMasterKey.ephemeral())).rejects.toMatchObject({
      code: 'KEY_STORE_UNUSABLE',
      message: expect.stringContaining('newer program') as unknown,
    });
    writeFileSync(path, 'this is no database, only a text that is long enough to be read as one of its pages');
    await expect(open(LocalMasterKey.ephemeral())).rejects.toMatchObject({ code: 'KEY_STORE_UNUSABLE' });
  });

  describe('in a folder of its own', () => {
    it('makes its master key at the first start, readable by its owner alone, and never again', async () => {
      const store = await openKeys(place, true);
      opened.push(store);
      const file = join(folder, 'master.key');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      await store.close();
      rmSync(file);
      await expect(openKeys(place, true)).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });
      writeFileSync(file, 'fok-master-key-v1 short\n');
      await expect(openKeys(place, true)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' });
    });

    it('is not made for a log that has entries', async () => {
      await expect(openKeys(place, false)).rejects.toMatchObject({ code: 'KEY_STORE_MISSING' });
      expect(existsSync(path)).toBe(false);
    });

    it('takes a master key from elsewhere, which must be there', async () => {
      const elsewhere = join(folder, 'elsewhere.key');
      await expect(
        openKeys({ ...place, masterKey: { path: elsewhere, kept: 'ELSEWHERE' } }, true),
      ).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });
      const { id } = createMasterKey(elsewhere);
      opened.push(await openKeys({ ...place, masterKey: { path: elsewhere, kept: 'ELSEWHERE' } }, true));
      expect(readMasterKey(elsewhere).id).toBe(id);
      expect(existsSync(join(folder, 'master.key'))).toBe(false);
      chmodSync(elsewhere, 0o400);
      expect(() => createMasterKey(elsewhere)).toThrow('EEXIST');
    });

    it('changes its master key', async () => {
      const store = await openKeys(place, true);
      await store.admit({ about: [], sealing: [EVA] });
      const before = await keyOf(store, EVA);
      await store.close();
      const old = readMasterKey(join(folder, 'master.key')).id;
      expect(await changeMasterKey(place)).toBe(1);
      expect(readMasterKey(join(folder, 'master.key')).id).not.toBe(old);
      const again = await openKeys(place, false);
      opened.push(again);
      expect(await keyOf(again, EVA)).toBe(before);
    });

    it.each(['before the keys were wrapped', 'after the keys were wrapped'])(
      'is whole when the change of the master key was interrupted %s',
      async (when) => {
        const store = await openKeys(place, true);
        await store.admit({ about: [], sealing: [EVA] });
        const before = await keyOf(store, EVA);
        const next = createMasterKey(join(folder, 'master.key.next'));
        if (when.startsWith('after')) await store.rotate(next);
        await store.close();
        const again = await openKeys(place, false);
        opened.push(again);
        expect(await keyOf(again, EVA)).toBe(before);
        expect(existsSync(join(folder, 'master.key.next'))).toBe(false);
      },
    );
  });
});
