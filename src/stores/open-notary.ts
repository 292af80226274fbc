import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../kernel/config/config.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { assertContinued } from '../kernel/integrity/continued.js';
import { asSealsError, IntegrityError } from '../kernel/integrity/integrity-error.js';
import { Notary } from '../kernel/integrity/notary.js';
import { SigningKey } from '../kernel/integrity/signing-key.js';
import { TreeFile } from '../kernel/integrity/tree-file.js';
import type { Clock } from '../kernel/time/clock.js';
import { dataPaths, type StoreConfig } from './open-stores.js';

/**
 * Where what vouches for the log lies: the seals and the public key together, to be handed on; the signing key with the
 * other keys.
 */
export function sealPaths({ dataDir }: Pick<Config, 'dataDir'>): {
  readonly tree: string;
  readonly publicKey: string;
  readonly signingKey: string;
} {
  const { seals, keys } = dataPaths(dataDir);
  return {
    tree: join(seals, 'seals.sqlite'),
    publicKey: join(seals, 'public-key.pem'),
    signingKey: join(dirname(keys), 'signing.key'),
  };
}

export interface OpenNotary {
  readonly notary: Notary;
  readonly tree: TreeFile;
  readonly signingKey: SigningKey;
}

/**
 * Opens what vouches for the log; the first time it makes the signing key, the seals, and a file with the public key to
 * be given away.
 */
export function openNotary(config: Config, store: EventStore, clock: Clock): OpenNotary {
  const paths = sealPaths(config);
  mkdirSync(dirname(paths.tree), { recursive: true });
  mkdirSync(dirname(paths.signingKey), { recursive: true, mode: 0o700 });
  const signingKey = SigningKey.open(paths.signingKey);
  if (!existsSync(paths.publicKey)) writeFileSync(paths.publicKey, signingKey.publicKey.toPem());
  const tree = TreeFile.open(paths.tree);
  return { notary: new Notary(store, tree, signingKey, clock), tree, signingKey };
}

/**
 * Whether the log goes on from where it was sealed last: to be asked before anything is written, forgotten, copied or
 * answered. It reads one
 * event, whatever the size of the log; what lies before that event only `verify` reads.
 * @throws IntegrityError LOG_NOT_CONTINUED, SEALS_INCONSISTENT, SEALS_UNUSABLE; EventStoreError
 */
export async function assertLogContinues(config: StoreConfig, store: EventStore): Promise<void> {
  const { tree: path } = sealPaths(config);
  if (config.eventStore === 'memory' || !existsSync(path)) return;
  const tree = openForReading(path);
  try {
    await assertContinued(tree, store);
  } catch (error) {
    throw asSealsError(error);
  } finally {
    tree.close();
  }
}

/** Whoever was killed while sealing has left a journal, which only somebody who may write can take back. */
function openForReading(path: string): TreeFile {
  try {
    return TreeFile.open(path, true);
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return TreeFile.open(path);
  }
}
