import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HeadFile } from '../../src/kernel/integrity/head-file.js';
import type { HeadStore, KeptHead } from '../../src/kernel/integrity/head-store.js';
import { MongoHeadStore } from '../../src/kernel/integrity/mongodb/mongo-head-store.js';
import { headOver } from '../../src/kernel/integrity/testing/head.spec-helper.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { databaseAt } from '../support/mongodb-address.js';

let now = 1_000;

/** What every place promises that keeps what was signed last. */
function contract(openOne: () => Promise<HeadStore>): void {
  const opened: HeadStore[] = [];
  const open = async (): Promise<HeadStore> => {
    const store = await openOne();
    opened.push(store);
    return store;
  };
  beforeEach(() => {
    now = 1_000;
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  it('is put forward by who may sign, from what it is, whatever two processes do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.nat(40)), { maxLength: 30 }), async (steps) => {
        const [one, other] = [await open(), await open()];
        const start = (await one.head())?.signed.checkpoint.size ?? 0;
        let before = start;
        for (const [first, behind, wait] of steps) {
          const desk = first ? one : other;
          now += wait;
          const lease = await desk.takeLease(first ? 'one' : 'other', 50, 'IF_FREE');
          const seen = await desk.head();
          const from = behind === 0 ? seen : behind === 1 ? undefined : headOver(before + behind, 1);
          const to = headOver(Math.min(before + 1, 99));
          const answer = lease ? await desk.advance(lease, from, to) : 'LEASE_LOST';
          const fits = from?.signed.checkpoint.root === seen?.signed.checkpoint.root;
          if (lease) expect(answer).toBe(fits ? 'ADVANCED' : 'OVERTAKEN');
          const size = (await other.head())?.signed.checkpoint.size ?? 0;
          expect(size).toBeGreaterThanOrEqual(before);
          before = size;
        }
        await Promise.all([one.close(), other.close()]);
      }),
      { numRuns: 25 },
    );
  });

  it('may be signed on by one at a time, until its time is over or it is asked for at once', async () => {
    const [one, other] = [await open(), await open()];
    const first = (await one.takeLease('one', 100, 'IF_FREE'))!;
    expect(await other.takeLease('other', 100, 'IF_FREE')).toBeUndefined();
    expect(await one.takeLease('one', 100, 'IF_FREE')).toMatchObject({ token: first.token });
    now += 101;
    expect(await one.advance(first, undefined, headOver(1))).toBe('LEASE_LOST');
    const second = (await other.takeLease('other', 100, 'IF_FREE'))!;
    expect(second.token).toBeGreaterThan(first.token);
    expect(await one.takeLease('one', 100, 'IF_FREE')).toBeUndefined();
    const third = (await one.takeLease('one', 100, 'AT_ONCE'))!;
    expect(await other.advance(second, undefined, headOver(1))).toBe('LEASE_LOST');
    expect(await one.advance(third, undefined, headOver(1))).toBe('ADVANCED');
    await one.release(third);
    expect(await other.lease()).toBeUndefined();
    await Promise.all([one.close(), other.close()]);
  });

  it('never moves back, even for who may sign', async () => {
    const store = await open();
    const lease = (await store.takeLease('one', 100, 'IF_FREE'))!;
    expect(await store.advance(lease, undefined, headOver(5))).toBe('ADVANCED');
    await expect(store.advance(lease, headOver(5), headOver(4))).rejects.toMatchObject({ code: 'HEAD_UNUSABLE' });
    expect((await store.head())?.signed).toEqual(headOver(5).signed);
  });

  it('keeps the size of the checkpoint before, and none where there was none', async () => {
    const store = await open();
    const lease = (await store.takeLease('one', 100, 'IF_FREE'))!;
    expect(await store.advance(lease, undefined, headOver(1))).toBe('ADVANCED');
    expect(await store.head()).not.toHaveProperty('before');
    expect(await store.advance(lease, headOver(1), { ...headOver(3), before: 1 })).toBe('ADVANCED');
    expect((await (await open()).head())?.before).toBe(1);
  });
}

describe('what was signed last, in a file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'head-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  contract(async () => HeadFile.open(join(folder, 'notary.sqlite'), { now: () => now }));
});

for (const kind of ['replica set', 'standalone'] as const) {
  describe(`what was signed last, on a MongoDB ${kind}`, () => {
    let server: FakeMongoDB;
    let databases = 0;
    const openIn = (database: number): Promise<MongoHeadStore> =>
      MongoHeadStore.open(databaseAt(server.url, `keys-${database}`), { now: () => now });
    beforeAll(async () => {
      server = await FakeMongoDB.start(kind);
    });
    beforeEach(() => {
      databases += 1;
    });
    afterAll(() => server.stop());

    contract(() => openIn(databases));

    it('is signed on by one of many who come at once', async () => {
      const nodes = await Promise.all(Array.from({ length: 8 }, () => openIn(databases)));
      const leases = await Promise.all(nodes.map((node, index) => node.takeLease(`node ${index}`, 100, 'IF_FREE')));
      const held = leases.flatMap((lease, index) => (lease ? [index] : []));
      expect(held).toHaveLength(1);
      expect((await nodes[0]!.lease())?.holder).toBe(`node ${held[0]}`);
      for (const node of nodes) await node.close();
    });

    it('has all checkpoints for all, also one whose node ended when it had put it forward', async () => {
      const store = await openIn(databases);
      const lease = (await store.takeLease('one', 100, 'IF_FREE'))!;
      await store.advance(lease, undefined, headOver(1));
      await store.advance(lease, headOver(1), headOver(4));
      // Killed between putting it forward and putting it among all.
      const share = store['share'].bind(store);
      let shared = 0;
      Reflect.set(store, 'share', (signed: KeptHead['signed']) =>
        shared++ === 0 ? share(signed) : Promise.reject(new Error('killed')),
      );
      await expect(store.advance(lease, headOver(4), headOver(9))).rejects.toThrow('killed');
      const other = await openIn(databases);
      const sizes = async (after: number): Promise<number[]> =>
        (await other.checkpoints(after)).map(({ checkpoint }) => checkpoint.size);
      expect(await sizes(1)).toEqual([4, 9]);
      const next = (await other.takeLease('other', 100, 'AT_ONCE'))!;
      expect(await other.advance(next, headOver(9), headOver(12))).toBe('ADVANCED');
      expect(await sizes(0)).toEqual([1, 4, 9, 12]);
      await store.close();
      await other.close();
    });

    it('is unavailable, with the keys, while the server is away', async () => {
      const gone = await FakeMongoDB.start(kind);
      const url = `${databaseAt(gone.url, 'keys')}${gone.url.includes('?') ? '&' : '?'}serverSelectionTimeoutMS=200`;
      await gone.stop();
      await expect(MongoHeadStore.open(url)).rejects.toMatchObject({ code: 'KEY_STORE_UNAVAILABLE' });
    });
  });
}
