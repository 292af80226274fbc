import assert from 'node:assert/strict';
import type { Claim, KeyStore } from '../../src/kernel/privacy/key-store.js';
import { KeyStoreError, type KeyStoreProblem } from '../../src/kernel/privacy/key-store-error.js';
import { LocalMasterKey } from '../../src/kernel/privacy/local-master-key.js';
import type { StoredKeyStore } from '../../src/kernel/privacy/stored-key-store.js';

/** One key store to try. Each handle is as another process would have it. */
export interface KeyStoreUnderTest {
  open(
    master: LocalMasterKey,
    options?: { readonly cachedKeys?: number; readonly create?: boolean; readonly before?: LocalMasterKey },
  ): Promise<StoredKeyStore>;
  /** Lets the rows say of a person's key what no program of ours would write. */
  exchangeKeys(one: string, other: string): Promise<void>;
  /** Closes every handle and clears the rows away. */
  dispose(): Promise<void>;
}

export type MakeKeyStore = () => Promise<KeyStoreUnderTest>;

export interface KeyStoreCase {
  readonly name: string;
  /** True when it takes more than one handle, which a store in memory cannot have. */
  readonly shared?: true;
  run(make: MakeKeyStore): Promise<void>;
}

export const EVA = '00000000-0000-4000-8000-00000000000a';
export const BO = '00000000-0000-4000-8000-00000000000b';
const NAME = { kind: 'name', value: 'eva' };
const NUMBER = { kind: 'number', value: '191212121212' };
const CLAIM = { kind: 'claim', value: '191212121212' };
const OTHER_CLAIM = { kind: 'claim', value: 'R-7' };
const NOON = '2026-11-22T12:00:00.000Z';
const LATER = '2026-11-22T12:00:01.000Z';

const plain = (claim: Claim | undefined) => claim && { subject: claim.subject, at: claim.at };
const subjectsOf = async (store: KeyStore, things: Parameters<KeyStore['holders']>[0]) =>
  (await store.holders(things)).map((claim) => claim?.subject);

export async function keyOf(store: KeyStore, subject: string): Promise<string | undefined> {
  const key = (await store.openingKeys([subject])).get(subject);
  return key instanceof Uint8Array ? Buffer.from(key).toString('hex') : key;
}

export const refusedAs = (code: KeyStoreProblem) => (error: unknown) =>
  error instanceof KeyStoreError && error.code === code;

/** What every key store does, wherever its rows lie. */
export const keyStoreContract: readonly KeyStoreCase[] = [
  {
    name: 'makes a key for each person once, and gives the same after it was opened again',
    shared: true,
    run: on(async ({ open }) => {
      const master = LocalMasterKey.ephemeral();
      const first = await open(master);
      const { keys } = await first.admit({ about: [EVA, BO], sealing: [EVA, BO, EVA] });
      assert.equal(keys.get(EVA)?.length, 32);
      assert.notDeepEqual(keys.get(EVA), keys.get(BO));
      const { register } = first;
      await first.close();
      const again = await open(master);
      assert.equal(again.register, register);
      assert.deepEqual((await again.admit({ about: [EVA], sealing: [EVA] })).keys.get(EVA), keys.get(EVA));
    }),
  },
  {
    name: 'gives many who ask at once the same keys, also one that holds few of them',
    shared: true,
    run: on(async ({ open }) => {
      const master = LocalMasterKey.ephemeral();
      const everybody = Array.from({ length: 50 }, (_, n) => `person ${n}`);
      const stores = [await open(master), await open(master, { cachedKeys: 1 }), await open(master)];
      const answers = await Promise.all(
        stores.map((store, at) => store.admit({ about: [], sealing: at === 1 ? everybody.toReversed() : everybody })),
      );
      for (const person of everybody) {
        const [first, ...others] = answers.map(({ keys }) => Buffer.from(keys.get(person)!).toString('hex'));
        for (const other of others) assert.equal(other, first);
      }
      assert.equal(await keyOf(stores[1]!, 'person 7'), await keyOf(stores[2]!, 'person 7'));
    }),
  },
  {
    name: 'finds a person by every term, until the terms are dropped',
    run: on(async ({ open }) => {
      const store = await open(LocalMasterKey.ephemeral());
      await store.admit({
        about: [EVA, BO],
        sealing: [],
        terms: [
          { subject: EVA, ...NAME },
          { subject: BO, ...NAME },
          { subject: EVA, ...NUMBER },
        ],
      });
      await store.admit({ about: [EVA], sealing: [], terms: [{ subject: EVA, ...NAME }] });
      assert.deepEqual([...(await store.findByTerm(NAME))], [EVA, BO]);
      assert.deepEqual([...(await store.findByTerm(NUMBER))], [EVA]);
      assert.deepEqual([...(await store.findByTerm({ ...NUMBER, kind: 'name' }))], []);
      await store.dropTerms(EVA, 'number', [{ kind: 'number', value: 'new' }]);
      assert.deepEqual([...(await store.findByTerm(NUMBER))], []);
      assert.deepEqual([...(await store.findByTerm(NAME))], [EVA, BO]);
      await store.dropTerms(EVA, 'name', [NAME]);
      assert.deepEqual([...(await store.findByTerm(NAME))], [EVA, BO]);
    }),
  },
  {
    name: 'forgets a person for good: no key, no terms, no new key; the others stay',
    run: on(async ({ open }) => {
      const store = await open(LocalMasterKey.ephemeral());
      await store.admit({
        about: [EVA, BO],
        sealing: [EVA, BO],
        terms: [
          { subject: EVA, ...NAME },
          { subject: BO, ...NAME },
        ],
      });
      await store.fence(EVA, 'decision 7');
      await store.fence(EVA, 'decision 8');
      assert.equal(await keyOf(store, EVA), 'FORGOTTEN');
      assert.equal(await store.isForgotten(EVA), true);
      assert.deepEqual(
        [...(await store.unfinishedForgettings())].map((one) => ({ ...one })),
        [{ subject: EVA, note: 'decision 7' }],
      );
      await store.destroy(EVA);
      await store.destroy(EVA);
      assert.deepEqual([...(await store.findByTerm(NAME))], [BO]);
      await store.finishForgetting(EVA);
      await store.finishForgetting(EVA);
      assert.deepEqual(
        [...(await store.unfinishedForgettings())].map((one) => ({ ...one })),
        [],
      );
      const { forgotten, keys } = await store.admit({
        about: [EVA, BO],
        sealing: [EVA, BO],
        terms: [{ subject: EVA, ...NAME }],
      });
      assert.deepEqual([[...forgotten], [...keys.keys()]], [[EVA], [BO]]);
      assert.deepEqual([...(await store.findByTerm(NAME))], [BO]);
      assert.match((await keyOf(store, BO)) ?? '', /^[0-9a-f]{64}$/);
      assert.equal(await keyOf(store, 'nobody'), undefined);
      assert.equal(await store.isForgotten(BO), false);
    }),
  },
  {
    name: 'fences a person who never had a key, and gives none from then on',
    run: on(async ({ open }) => {
      const store = await open(LocalMasterKey.ephemeral());
      await store.fence(EVA, 'x');
      const { forgotten, keys } = await store.admit({ about: [EVA], sealing: [EVA] });
      assert.deepEqual([[...forgotten], [...keys]], [[EVA], []]);
    }),
  },
  {
    name: 'gives what only one can have to whoever is first, until it is given up or moved',
    shared: true,
    run: on(async ({ open }) => {
      const master = LocalMasterKey.ephemeral();
      const [one, other] = [await open(master), await open(master)];
      const [eva, bo, later] = [
        { subject: EVA, at: NOON },
        { subject: BO, at: NOON },
        { subject: EVA, at: LATER },
      ];
      assert.deepEqual(await one.holders([CLAIM]), [undefined]);
      assert.deepEqual(plain(await one.claim(CLAIM, eva)), eva);
      assert.deepEqual(plain(await other.claim(CLAIM, { ...bo, at: LATER })), eva);
      assert.deepEqual(plain(await one.claim(CLAIM, later)), later);
      assert.deepEqual(await subjectsOf(other, [OTHER_CLAIM, CLAIM, { ...CLAIM, kind: 'x' }]), [
        undefined,
        EVA,
        undefined,
      ]);
      for (const wrong of [bo, eva]) assert.equal(await one.moveClaim(CLAIM, wrong, bo), false);
      assert.equal(await one.moveClaim(CLAIM, later, bo), true);
      assert.deepEqual((await other.holders([CLAIM])).map(plain), [bo]);
      assert.deepEqual(plain(await one.claim(OTHER_CLAIM, bo)), bo);
      await other.dropClaims(BO, [OTHER_CLAIM]);
      assert.deepEqual(await subjectsOf(one, [CLAIM, OTHER_CLAIM]), [undefined, BO]);
      await other.dropClaims(BO, []);
      assert.deepEqual(await subjectsOf(one, [CLAIM, OTHER_CLAIM]), [undefined, undefined]);
      await one.close();
      assert.deepEqual(plain(await other.claim(CLAIM, eva)), eva);
    }),
  },
  {
    name: 'gives it to one of many who ask at once, on whatever handle',
    shared: true,
    run: on(async ({ open }) => {
      const master = LocalMasterKey.ephemeral();
      const stores = [await open(master), await open(master), await open(master)];
      const things = Array.from({ length: 40 }, (_, n) => ({ kind: 'claim', value: String(n) }));
      const answers = await Promise.all(
        stores.flatMap((store, at) => things.map((thing) => store.claim(thing, { subject: `person ${at}`, at: NOON }))),
      );
      for (const [n, thing] of things.entries()) {
        const holders = new Set([0, 1, 2].map((at) => answers[at * things.length + n]?.subject));
        assert.deepEqual([...holders], await subjectsOf(stores[0]!, [thing]));
      }
    }),
  },
  {
    name: 'claims together with keys what nobody has, and keeps nothing of who was forgotten',
    run: on(async ({ open }) => {
      const store = await open(LocalMasterKey.ephemeral());
      const claims = [CLAIM, OTHER_CLAIM].map((thing) => ({ ...thing, subject: EVA, at: NOON }));
      await store.admit({ about: [EVA], sealing: [EVA], claims });
      await store.admit({ about: [BO], sealing: [BO], claims: [{ ...CLAIM, subject: BO, at: NOON }] });
      assert.deepEqual(await subjectsOf(store, [CLAIM, OTHER_CLAIM]), [EVA, EVA]);
      await store.fence(EVA, 'x');
      await store.destroy(EVA);
      assert.deepEqual(await store.holders([CLAIM, OTHER_CLAIM]), [undefined, undefined]);
      await store.admit({ about: [EVA], sealing: [], claims });
      assert.deepEqual(await store.holders([CLAIM, OTHER_CLAIM]), [undefined, undefined]);
      assert.equal((await store.claim(CLAIM, { subject: BO, at: NOON })).subject, BO);
    }),
  },
  {
    name: 'destroys nobody who was not fenced',
    run: on(async ({ open }) => {
      const store = await open(LocalMasterKey.ephemeral());
      await store.admit({ about: [], sealing: [EVA] });
      await assert.rejects(store.destroy(EVA), RangeError);
      await assert.rejects(store.destroy(BO), RangeError);
      assert.match((await keyOf(store, EVA)) ?? '', /^[0-9a-f]{64}$/);
    }),
  },
  {
    name: 'lets go of a key that another process destroyed, although it held it',
    shared: true,
    run: on(async ({ open }) => {
      const master = LocalMasterKey.ephemeral();
      const [one, other] = [await open(master), await open(master)];
      await one.admit({ about: [EVA], sealing: [EVA] });
      await other.fence(EVA, 'x');
      assert.equal(await keyOf(one, EVA), 'FORGOTTEN');
      await other.destroy(EVA);
      assert.deepEqual([...(await one.admit({ about: [EVA], sealing: [EVA] })).forgotten], [EVA]);
    }),
  },
  {
    name: 'is not opened by another master key',
    shared: true,
    run: on(async ({ open }) => {
      await (await open(LocalMasterKey.ephemeral())).close();
      await assert.rejects(open(LocalMasterKey.ephemeral()), refusedAs('MASTER_KEY_WRONG'));
    }),
  },
  {
    name: 'is not made where the log has entries already',
    run: on(async ({ open }) => {
      await assert.rejects(open(LocalMasterKey.ephemeral(), { create: false }), refusedAs('KEY_STORE_MISSING'));
    }),
  },
  {
    name: 'is made once, however many start at once',
    shared: true,
    run: on(async ({ open }) => {
      const master = LocalMasterKey.ephemeral();
      const stores = await Promise.all([open(master), open(master), open(master)]);
      assert.equal(new Set(stores.map(({ register }) => register)).size, 1);
    }),
  },
  {
    name: 'shows a key that does not fit the person as none, and makes no other',
    shared: true,
    run: on(async ({ open, exchangeKeys }) => {
      const store = await open(LocalMasterKey.ephemeral(), { cachedKeys: 1 });
      await store.admit({ about: [], sealing: [EVA, BO, 'last'] });
      await exchangeKeys(EVA, BO);
      assert.equal(await keyOf(store, EVA), undefined);
      assert.equal((await store.admit({ about: [EVA], sealing: [EVA] })).keys.has(EVA), false);
      await exchangeKeys(EVA, BO);
      assert.match((await keyOf(store, EVA)) ?? '', /^[0-9a-f]{64}$/);
    }),
  },
  {
    name: 'wraps all keys anew, and then knows the old master key no more',
    shared: true,
    run: on(async ({ open }) => {
      const [old, next] = [LocalMasterKey.ephemeral(), LocalMasterKey.ephemeral()];
      const [store, other] = [await open(old), await open(old)];
      await store.admit({ about: [], sealing: [EVA, BO], terms: [{ subject: EVA, ...NAME }] });
      await store.fence('gone', 'x');
      const before = await keyOf(store, EVA);
      await other.admit({ about: [], sealing: [EVA] });
      assert.equal(await store.rotate(next), 2);
      await assert.rejects(other.admit({ about: [], sealing: [EVA] }), refusedAs('KEY_STORE_ROTATED'));
      await assert.rejects(other.admit({ about: [], sealing: ['new'] }), refusedAs('KEY_STORE_ROTATED'));
      await assert.rejects(open(old), refusedAs('MASTER_KEY_WRONG'));
      const again = await open(next);
      assert.equal(await keyOf(again, EVA), before);
      assert.equal(await keyOf(again, 'gone'), 'FORGOTTEN');
      assert.deepEqual([...(await again.findByTerm(NAME))], [EVA]);
      assert.equal(await again.rotate(LocalMasterKey.ephemeral()), 2);
    }),
  },
  {
    name: 'loses no key that was given away while all were wrapped anew',
    shared: true,
    run: on(async ({ open }) => {
      const [old, next] = [LocalMasterKey.ephemeral(), LocalMasterKey.ephemeral()];
      const store = await open(old);
      const given = new Map<string, string>();
      await store.admit({ about: [], sealing: Array.from({ length: 100 }, (_, n) => `early ${n}`) });
      let rotated = false;
      const working = [await open(old), await open(old, { cachedKeys: 1 })].map(async (each, at) => {
        for (let n = 0; !rotated; n += 1) {
          const person = `person ${n % 2 === 0 ? at : 'both'} ${n}`;
          const answer = await each.admit({ about: [], sealing: [person] }).catch((error: unknown) => error);
          if (answer instanceof Error) return assert.ok(refusedAs('KEY_STORE_ROTATED')(answer), answer);
          const key = Buffer.from((answer as Awaited<ReturnType<KeyStore['admit']>>).keys.get(person)!).toString('hex');
          assert.equal(given.get(person) ?? key, key);
          given.set(person, key);
        }
      });
      await store.rotate(next).finally(() => (rotated = true));
      await Promise.all(working);
      const again = await open(next);
      for (const [person, key] of given) assert.equal(await keyOf(again, person), key, person);
      // Who came too late to be given a key can have one now.
      assert.equal((await again.admit({ about: [], sealing: ['late'] })).keys.size, 1);
    }),
  },
];

function on(test: (store: KeyStoreUnderTest) => Promise<void>): KeyStoreCase['run'] {
  return async (make) => {
    const store = await make();
    try {
      await test(store);
    } finally {
      await store.dispose();
    }
  };
}
