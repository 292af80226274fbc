import { dirname, join } from 'node:path';
import type { Config } from '../kernel/config/config.js';
import { dataPaths } from './open-stores.js';

export interface SealPaths {
  readonly tree: string;
  readonly publicKey: string;
  /** What witnesses answered. */
  readonly receipts: string;
  readonly signingKey: string;
  /** `ELSEWHERE`: where the settings name it; it must be there, and is not backed up from there. */
  readonly signingKeyKept: 'HERE' | 'ELSEWHERE';
  /** What was signed last by the processes of this machine. */
  readonly head: string;
}

/**
 * Where what vouches for the log lies: the seals and the public key together, to be handed on; the signing key with the
 * other keys, and beside it what it signed last.
 */
export function sealPaths({
  dataDir,
  signingKeyFile,
}: Pick<Config, 'dataDir'> & Partial<Pick<Config, 'signingKeyFile'>>): SealPaths {
  const { seals, keys } = dataPaths(dataDir);
  return {
    tree: join(seals, 'seals.sqlite'),
    publicKey: join(seals, 'public-key.pem'),
    receipts: join(seals, 'witnessed.sqlite'),
    signingKey: signingKeyFile ?? join(dirname(keys), 'signing.key'),
    signingKeyKept: signingKeyFile === undefined ? 'HERE' : 'ELSEWHERE',
    head: join(dirname(keys), 'notary.sqlite'),
  };
}
