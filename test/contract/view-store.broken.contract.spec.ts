import { describe, expect, it } from '@jest/globals';
import { faults, makeBroken } from './view-store.broken.js';
import { viewStoreContract, type MakeStore } from './view-store.contract.js';
import { makeMemoryStore } from './view-store.stores.js';

async function failing(make: MakeStore): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of viewStoreContract) await run(make).catch(() => failed.push(name));
  return failed;
}

describe('the view store contract finds a broken adapter out', () => {
  it('passes the adapter that the faults are built into, also through the wrapping', async () => {
    expect(await failing(makeBroken(makeMemoryStore, { name: 'none', breaks: () => ({}) }))).toEqual([]);
  });

  it.each(faults)('$name', async (fault) => {
    expect(await failing(makeBroken(makeMemoryStore, fault))).not.toEqual([]);
  });
});
