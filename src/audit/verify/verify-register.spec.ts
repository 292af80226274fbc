import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openEventStore } from '../../stores/open-stores.js';
import { sealPaths } from '../../stores/seal-paths.js';
import { verifyRegister } from './verify-register.js';

it('finds once that what was signed last cannot be read', async () => {
  const config = {
    dataDir: mkdtempSync(join(tmpdir(), 'verify-')),
    eventStore: 'sqlite',
    viewStore: 'memory',
  } as const;
  const { head } = sealPaths(config);
  mkdirSync(dirname(head), { recursive: true });
  writeFileSync(head, 'no database');
  const store = await openEventStore(config);
  try {
    const { ok, findings } = await verifyRegister(config, store, { oneThread: true });
    expect([ok, findings.map(({ code }) => code)]).toEqual([false, ['HEAD_UNUSABLE']]);
  } finally {
    await store.close();
    rmSync(config.dataDir, { recursive: true });
  }
});
