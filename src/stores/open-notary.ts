import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { SignedCheckpoint } from '../kernel/integrity/checkpoint.js';
import { assertContinued } from '../kernel/integrity/continued.js';
import { atAGlance, type HeadDifference, headDifference } from '../kernel/integrity/head-check.js';
import type { HeadStore, KeptHead } from '../kernel/integrity/head-store.js';
import { asSealsError, IntegrityError } from '../kernel/integrity/integrity-error.js';
import { LEASE_MS, Notary } from '../kernel/integrity/notary.js';
import { bringUp } from '../kernel/integrity/shared-seals.js';
import { PublicKey, SigningKey } from '../kernel/integrity/signing-key.js';
import { TreeFile } from '../kernel/integrity/tree-file.js';
import type { Clock } from '../kernel/time/clock.js';
import { keptIn, openHeads, openSharedHeads, signedHere, signsAsOne } from './open-heads.js';
import type { StoreConfig } from './open-stores.js';
import { type SealPaths, sealPaths } from './seal-paths.js';

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
  assertSealsStand(paths, await bringSealsUp(config, store));
  mkdirSync(dirname(paths.tree), { recursive: true });
  mkdirSync(dirname(paths.head), { recursive: true, mode: 0o700 });
  const keptBefore = existsSync(paths.head);
  const keyBefore = existsSync(paths.signingKey);
  const signingKey =
    paths.signingKeyKept === 'HERE' ? SigningKey.open(paths.signingKey) : SigningKey.read(paths.signingKey);
  const heads = await openHeads(config);
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
export function keptPublicKey(config: Parameters<typeof sealPaths>[0]): PublicKey | undefined {
  const { publicKey, signingKey } = sealPaths(config);
  if (existsSync(publicKey)) return PublicKey.fromPem(readFileSync(publicKey, 'utf8'));
  return existsSync(signingKey) ? SigningKey.read(signingKey).publicKey : undefined;
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
  const head = await bringSealsUp(config, store);
  // Where servers sign as one, a machine that signs nothing needs no signing key.
  const asksOnly = signsAsOne(config) && !existsSync(paths.signingKey);
  const tree = asksOnly ? sealsThere(paths) : assertSealsStand(paths, head);
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
 * Where a register's servers sign as one: brings the seals of this machine up to what any of them signed, from the log.
 * @param believed the key that checkpoints must be signed with, default that of the register
 * @returns what was signed last, on every kind of store
 * @throws IntegrityError, EventStoreError
 */
export async function bringSealsUp(
  config: StoreConfig,
  store: EventStore,
  believed?: PublicKey,
): Promise<KeptHead | undefined> {
  const shared = await openSharedHeads(config);
  if (!shared) return signedHere(config);
  const paths = sealPaths(config);
  try {
    const head = await keptIn(shared, config);
    const key = believed ?? keptPublicKey(config);
    if (!head || !key) return head;
    mkdirSync(dirname(paths.tree), { recursive: true });
    const tree = TreeFile.open(paths.tree);
    try {
      await bringUp(tree, store, shared, key);
    } catch (error) {
      throw asSealsError(error);
    } finally {
      tree.close();
    }
    return head;
  } finally {
    await shared.close();
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
  const tree = sealsThere(paths);
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

function sealsThere({ tree }: SealPaths): TreeFile | undefined {
  return existsSync(tree) ? openForReading(tree) : undefined;
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
