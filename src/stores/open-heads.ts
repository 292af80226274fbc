import { existsSync } from 'node:fs';
import type { Config } from '../kernel/config/config.js';
import { HeadFile } from '../kernel/integrity/head-file.js';
import type { HeadStore, KeptHead } from '../kernel/integrity/head-store.js';
import { LEASE_MS } from '../kernel/integrity/notary.js';
import { keyPlace, type StoreConfig } from './open-stores.js';
import { sealPaths } from './seal-paths.js';

/**
 * Opens where what was signed last is kept, and made where nothing is yet: in a file beside the signing key; where log
 * and keys are on servers, beside the keys, for all servers of the register.
 * @throws IntegrityError HEAD_UNUSABLE, KeyStoreError
 */
export async function openHeads(config: StoreConfig): Promise<HeadStore> {
  const own = HeadFile.open(sealPaths(config).head);
  const shared = await openSharedHeads(config).catch(async (error: unknown) => {
    await own.close();
    throw error;
  });
  return shared ? keepingOwn(shared, own) : own;
}

/** Whether the servers of a register, on whatever machine, sign as one: where log and keys are on servers. */
export function signsAsOne({ eventStore, keyStore }: StoreConfig): boolean {
  return eventStore === 'eventstoredb' && keyStore === 'mongodb';
}

/** Undefined where the seals are this machine's alone. @throws IntegrityError HEAD_UNUSABLE, KeyStoreError */
export async function openSharedHeads(config: StoreConfig): Promise<HeadStore | undefined> {
  const { store } = keyPlace(config);
  if (!signsAsOne(config) || store.kind !== 'mongodb') return undefined;
  const { MongoHeadStore } = await import('../kernel/integrity/mongodb/mongo-head-store.js');
  return MongoHeadStore.open(store.url);
}

/**
 * What was signed last, as it is kept with the keys; undefined when nothing is. Of a register whose servers are about to
 * share it: what this one signed.
 * @throws IntegrityError HEAD_UNUSABLE, KeyStoreError
 */
export async function keptHead(config: StoreConfig): Promise<KeptHead | undefined> {
  const shared = await openSharedHeads(config);
  if (!shared) return signedHere(config);
  try {
    return await keptIn(shared, config);
  } finally {
    await shared.close();
  }
}

/** As {@link keptHead}, from what the servers share, which is open. */
export async function keptIn(shared: HeadStore, config: StoreConfig): Promise<KeptHead | undefined> {
  return (await shared.head()) ?? signedHere(config);
}

/** What was signed last by the processes of this machine, which alone names what this machine's access log says. */
export async function signedHere(config: Pick<Config, 'dataDir'>): Promise<KeptHead | undefined> {
  const { head } = sealPaths(config);
  if (!existsSync(head)) return undefined;
  const heads = HeadFile.open(head, { readOnly: true });
  try {
    return await heads.head();
  } finally {
    await heads.close();
  }
}

/** What is put forward for all is noted in the file of the machine that signed it. */
function keepingOwn(shared: HeadStore, own: HeadFile): HeadStore {
  return {
    head: () => shared.head(),
    lease: () => shared.lease(),
    takeLease: (holder, forMs, how) => shared.takeLease(holder, forMs, how),
    release: (lease) => shared.release(lease),
    ...(shared.checkpoints && { checkpoints: (after: number) => shared.checkpoints!(after) }),
    advance: async (lease, from, to) => {
      const advanced = await shared.advance(lease, from, to);
      // What another machine signed, and this one only puts forward, says nothing of this one's access log.
      if (advanced !== 'ADVANCED' || !to.signedHere) return advanced;
      const here = await own.takeLease(lease.holder, LEASE_MS, 'AT_ONCE');
      if (here) await own.advance(here, await own.head(), to);
      return advanced;
    },
    close: async () => {
      await own.close();
      await shared.close();
    },
  };
}
