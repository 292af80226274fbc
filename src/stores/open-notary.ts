import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../kernel/config/config.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { SignedCheckpoint } from '../kernel/integrity/checkpoint.js';
import { assertContinued } from '../kernel/integrity/continued.js';
import { atAGlance, type HeadDifference, headDifference } from '../kernel/integrity/head-check.js';
import { HeadFile } from '../kernel/integrity/head-file.js';
import type { HeadStore, KeptHead } from '../kernel/integrity/head-store.js';
import { asSealsError, IntegrityError } from '../kernel/integrity/integrity-error.js';
import { LEASE_MS, Notary } from '../kernel/integrity/notary.js';
import { PublicKey, SigningKey } from '../kernel/integrity/signing-key.js';
import { TreeFile } from '../kernel/integrity/tree-file.js';
import type { Clock } from '../kernel/time/clock.js';
import { dataPaths, type StoreConfig } from './open-stores.js';

export interface SealPaths {
  readonly tree: string;
  readonly publicKey: string;
  /** What witnesses answered. */
  readonly receipts: string;
  readonly signingKey: string;
  /** What was signed last. */
  readonly head: string;
}

/**
 * Where what vouches for the log lies: the seals and the public key together, to be handed on; the signing key with the
 * other keys, and beside it what it signed last.
 */
export function sealPaths({ dataDir }: Pick<Config, 'dataDir'>): SealPaths {
  const { seals, keys } = dataPaths(dataDir);
  return {
    tree: join(seals, 'seals.sqlite'),
    publicKey: join(seals, 'public-key.pem'),
    receipts: join(seals, 'witnessed.sqlite'),
    signingKey: join(dirname(keys), 'signing.key'),
    head: join(dirname(keys), 'notary.sqlite'),
  };
}

export interface OpenNotary {
  readonly notary: Notary;
  readonly tree: TreeFile;
  readonly signingKey: SigningKey;
  readonly heads: HeadStore;
  close(): Promise<void>;
}

export interface HowToSign {
  /** `IF_FREE`: as the one that signs from now on, while no other process does; `AT_ONCE`: for one act. */
  readonly taking: 'IF_FREE' | 'AT_ONCE';
  /** Verifies the whole log against its seals: asked once, of a register from before heads were kept. */
  readonly verify: () => Promise<{ readonly ok: boolean }>;
  /** What each checkpoint vouches for besides the log. @param key what signs it @param register its id */
  readonly besides?: (key: SigningKey, register: string) => Promise<string | undefined>;
  /** Told what is done or found once only. */
  readonly say: (text: string) => void;
}

/**
 * Opens what vouches for the log; the first time it makes the signing key, the seals, and a file with the public key to
 * be given away. What is there is believed only as far as it fits what was signed last.
 * @throws IntegrityError
 */
export async function openNotary(
  config: StoreConfig,
  store: EventStore,
  clock: Clock,
  how: HowToSign,
): Promise<OpenNotary> {
  const paths = sealPaths(config);
  assertSealsStand(paths, await keptHead(config));
  mkdirSync(dirname(paths.tree), { recursive: true });
  mkdirSync(dirname(paths.signingKey), { recursive: true, mode: 0o700 });
  const keptBefore = existsSync(paths.head);
  const keyBefore = existsSync(paths.signingKey);
  const signingKey = SigningKey.open(paths.signingKey);
  const heads = HeadFile.open(paths.head);
  const tree = TreeFile.open(paths.tree);
  const close = async (): Promise<void> => {
    tree.close();
    await heads.close();
  };
  try {
    if (!existsSync(paths.publicKey)) writeFileSync(paths.publicKey, signingKey.publicKey.toPem());
    const last = tree.last();
    if (last && !(await heads.head())) await takeOver(last, heads, how);
    else if (keyBefore && !keptBefore)
      how.say('nothing of this register was ever sealed: the signing key is there, and has signed nothing');
    const { taking, besides } = how;
    const desk = {
      heads,
      holder: randomUUID(),
      taking,
      ...(besides && { besides: (register: string) => besides(signingKey, register) }),
    };
    return { notary: new Notary(store, tree, signingKey, clock, desk), tree, signingKey, heads, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The key that the register's checkpoints are signed with, whichever half lies there; undefined where none does. */
export function keptPublicKey(config: Pick<Config, 'dataDir'>): PublicKey | undefined {
  const { publicKey, signingKey } = sealPaths(config);
  if (existsSync(publicKey)) return PublicKey.fromPem(readFileSync(publicKey, 'utf8'));
  return existsSync(signingKey) ? SigningKey.read(signingKey).publicKey : undefined;
}

/** What was signed last, as it is kept with the key; undefined when nothing is. @throws IntegrityError HEAD_UNUSABLE */
export async function keptHead(config: Pick<Config, 'dataDir'>): Promise<KeptHead | undefined> {
  const { head } = sealPaths(config);
  if (!existsSync(head)) return undefined;
  const heads = HeadFile.open(head, { readOnly: true });
  try {
    return await heads.head();
  } finally {
    await heads.close();
  }
}

/**
 * Whether the log goes on from where it was sealed last, and the seals from what was signed last: to be asked before
 * anything is written, forgotten, copied or answered. It reads one event, whatever the size of the log; what lies before
 * that event only `verify` reads.
 * @throws IntegrityError LOG_NOT_CONTINUED, SEALS_INCONSISTENT and all that {@link sealsDifference} finds; EventStoreError
 */
export async function assertLogContinues(config: StoreConfig, store: EventStore): Promise<void> {
  if (config.eventStore === 'memory') return;
  const paths = sealPaths(config);
  const tree = assertSealsStand(paths, await keptHead(config));
  if (!tree) return;
  try {
    await assertContinued(tree, store);
  } catch (error) {
    throw asSealsError(error);
  } finally {
    tree.close();
  }
}

/**
 * What does not fit between the seals, the public key beside them, the signing key and what was signed last, without
 * reckoning anything anew.
 * @param tree undefined when there are no seals
 * @throws IntegrityError SIGNING_KEY_UNUSABLE
 */
export function sealsDifference(
  paths: SealPaths,
  head: KeptHead | undefined,
  tree: TreeFile | undefined,
): HeadDifference | undefined {
  const glance = atAGlance(tree);
  if (!existsSync(paths.signingKey)) {
    if (!head && !glance.last) return undefined;
    return {
      code: 'SIGNING_KEY_MISSING',
      message: `something was signed, but the signing key ${paths.signingKey} is gone: bring it back from a backup; another is not made in its place`,
    };
  }
  const key = SigningKey.read(paths.signingKey).publicKey;
  if (existsSync(paths.publicKey) && PublicKey.fromPem(readFileSync(paths.publicKey, 'utf8')).id !== key.id)
    return {
      code: 'PUBLIC_KEY_DIFFERS',
      message: `${paths.publicKey} is not the public half of the signing key (${key.id})`,
    };
  return headDifference(head, glance, key);
}

/** @returns the seals, to be closed; undefined when there are none @throws IntegrityError */
function assertSealsStand(paths: SealPaths, head: KeptHead | undefined): TreeFile | undefined {
  const tree = existsSync(paths.tree) ? openForReading(paths.tree) : undefined;
  try {
    const difference = sealsDifference(paths, head, tree);
    if (difference) throw new IntegrityError(difference.code, `${difference.message}: run verify`);
    return tree;
  } catch (error) {
    tree?.close();
    throw asSealsError(error);
  }
}

/** Seals from before heads were kept are believed once, when all that they say was verified. */
async function takeOver(last: SignedCheckpoint, heads: HeadStore, { verify, say }: HowToSign): Promise<void> {
  const { size, at } = last.checkpoint;
  const { ok } = await verify();
  if (!ok)
    throw new IntegrityError(
      'HEAD_MISSING',
      `nothing is kept beside the signing key of what was signed last, and the seals over ${size} events do not verify: run verify`,
    );
  const lease = await heads.takeLease(randomUUID(), LEASE_MS, 'AT_ONCE');
  if (!lease || (await heads.advance(lease, undefined, { signed: last })) === 'LEASE_LOST')
    throw new IntegrityError('NOT_THE_NOTARY', 'another process takes over what was signed last');
  await heads.release(lease);
  say(
    `the seals were verified, and the last of them (${size} events, ${at}) is kept beside the signing key from now on`,
  );
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
