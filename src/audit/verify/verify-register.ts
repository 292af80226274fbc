import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { verifyLog, type VerifyOptions, type VerifyReport } from './verify.js';
import { inWorkers } from './worker-pool.js';
import { EventStoreUnusable } from '../../kernel/event-store/event-store.js';
import { asSealsError, IntegrityError } from '../../kernel/integrity/integrity-error.js';
import { identityOf } from '../../kernel/privacy/key-copy.js';
import { KeyStoreError } from '../../kernel/privacy/key-store-error.js';
import { keyStoreExists } from '../../kernel/privacy/open-keys.js';
import { PublicKey } from '../../kernel/integrity/signing-key.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import { sealPaths } from '../../stores/open-notary.js';
import { dataPaths, keyPlace, type StoreConfig } from '../../stores/open-stores.js';

export interface WhatToVerify extends Pick<VerifyOptions, 'from' | 'to' | 'against' | 'onProgress'> {
  /** The file of the key that checkpoints are signed with, default the register's. */
  readonly publicKey?: string;
}

/**
 * Verifies the log of a register against the seals that lie beside it; a log in a file in several threads.
 * @throws KeyStoreError KEY_STORE_MISMATCH for an empty log whose keys say that it had entries, EventStoreError,
 * IntegrityError, and RangeError for a part of a log whose positions have gaps
 */
export async function verifyRegister(
  config: StoreConfig,
  store: VerifyOptions['store'],
  { publicKey: file, ...what }: WhatToVerify = {},
): Promise<VerifyReport> {
  const started = performance.now();
  const paths = sealPaths(config);
  let tree: TreeFile | undefined;
  try {
    if ((await store.head()) === 0n) await assertNeverBegun(config);
    tree = existsSync(paths.tree) ? TreeFile.open(paths.tree, true) : undefined;
    const keyFile = file ?? paths.publicKey;
    if ((tree ?? what.against) && !existsSync(keyFile))
      throw new IntegrityError(
        'SIGNING_KEY_UNUSABLE',
        `the public key ${keyFile} is missing; name it with --public-key FILE`,
      );
    return await verifyLog({
      store,
      publicKey: existsSync(keyFile) ? PublicKey.fromPem(readFileSync(keyFile, 'utf8')) : NOBODY,
      ...(tree ? { tree } : {}),
      ...what,
      ...(config.eventStore === 'sqlite'
        ? { elsewhere: inWorkers(availableParallelism(), dataPaths(config.dataDir).events, tree && paths.tree) }
        : {}),
    });
  } catch (error) {
    if (!(error instanceof EventStoreUnusable)) throw asSealsError(error);
    // Where it is damaged cannot be told: not even its end can be read.
    return {
      ok: false,
      checked: 0,
      findings: [{ code: 'UNREADABLE', message: error.message }],
      count: 1,
      sealed: 0,
      unsealed: 0,
      milliseconds: performance.now() - started,
    };
  } finally {
    tree?.close();
  }
}

/**
 * Of an empty log there is nothing to verify; whether it should be empty its keys know, and they need not be opened for
 * that.
 */
async function assertNeverBegun(config: StoreConfig): Promise<void> {
  const { store: keys } = keyPlace(config);
  if (config.eventStore === 'memory' || !(await keyStoreExists(keys))) return;
  const { register, logBegun } = await identityOf(keys);
  if (logBegun)
    throw new KeyStoreError(
      'KEY_STORE_MISMATCH',
      `the log is empty, but the key store belongs to register ${register}, which has entries: the log was lost; bring it back, or restore a backup`,
    );
}

/** Where nothing was ever signed there is nothing that a key could confirm. */
const NOBODY = PublicKey.fromPem(
  '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END PUBLIC KEY-----\n',
);
