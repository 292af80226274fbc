import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { WitnessKey } from '../../kernel/integrity/cosignature.js';
import { Receipts } from '../witness/receipts.js';
import { witnessWords } from '../witness/witness-word.js';
import type { SignedCheckpoint } from '../../kernel/integrity/checkpoint.js';
import type { Finding } from './finding.js';
import { verifyLog, type VerifyOptions, type VerifyReport } from './verify.js';
import { inWorkers } from './worker-pool.js';
import { type EventStore, EventStoreUnusable } from '../../kernel/event-store/event-store.js';
import { asSealsError, IntegrityError } from '../../kernel/integrity/integrity-error.js';
import { identityOf } from '../../kernel/privacy/key-copy.js';
import { KeyStoreError } from '../../kernel/privacy/key-store-error.js';
import { keyStoreExists } from '../../kernel/privacy/open-keys.js';
import { PublicKey } from '../../kernel/integrity/signing-key.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import { bringSealsUp, keptPublicKey, sealsDifference } from '../../stores/open-notary.js';
import { keptHead, signsAsOne } from '../../stores/open-heads.js';
import { dataPaths, keyPlace, type StoreConfig } from '../../stores/open-stores.js';
import { sealPaths, type SealPaths } from '../../stores/seal-paths.js';

export interface WhatToVerify extends Pick<VerifyOptions, 'from' | 'to' | 'against' | 'onProgress'> {
  /** The file of the key that checkpoints are signed with, default the register's. */
  readonly publicKey?: string;
  /** The keys of witnesses that are trusted: each must have signed a checkpoint of this log. */
  readonly witnesses?: readonly WitnessKey[];
  /** Keep to the calling thread, also with a log in a file. */
  readonly oneThread?: true;
}

/**
 * Verifies the log of a register against the seals that lie beside it; a log in a file in several threads.
 * @throws KeyStoreError KEY_STORE_MISMATCH for an empty log whose keys say that it had entries, EventStoreError,
 * IntegrityError, and RangeError for a part of a log whose positions have gaps
 */
export async function verifyRegister(
  config: StoreConfig,
  store: VerifyOptions['store'],
  { publicKey: file, witnesses = [], oneThread, ...what }: WhatToVerify = {},
): Promise<VerifyReport> {
  const started = performance.now();
  const paths = sealPaths(config);
  const seals = await sealsOf(config, store, file);
  const { tree, head, known } = seals;
  try {
    if ((await store.head()) === 0n) await assertNeverBegun(config);
    const key = publicKeyOf(config, file);
    if ((tree?.last() ?? head ?? what.against) && !key)
      throw new IntegrityError(
        'SIGNING_KEY_UNUSABLE',
        `the public key ${file ?? paths.publicKey} is missing; name it with --public-key FILE`,
      );
    const checkpoints = [...(tree?.checkpoints() ?? []), ...[head, what.against].filter((one) => one !== undefined)];
    const { words, findings } = wordsOf(config, checkpoints, witnesses);
    const report = await verifyLog({
      store,
      publicKey: key ?? NOBODY,
      ...(tree ? { tree } : {}),
      ...(head ? { head } : {}),
      known: [
        ...known,
        ...findings,
        ...(await formOf(store)),
        ...(what.against ? [] : nothingSigned(paths, seals, file)),
      ],
      ...what,
      ...(config.eventStore === 'sqlite' && !oneThread
        ? { elsewhere: inWorkers(availableParallelism(), dataPaths(config.dataDir).events, tree && paths.tree) }
        : {}),
    });
    return witnesses.length === 0 ? report : { ...report, witnessed: words };
  } catch (error) {
    if (!(error instanceof EventStoreUnusable)) throw asSealsError(error);
    // Where it is damaged cannot be told: not even its end can be read.
    const findings: Finding[] = [...known, { code: 'UNREADABLE', message: error.message }];
    const milliseconds = performance.now() - started;
    return {
      ok: false,
      checked: 0,
      findings,
      count: findings.length,
      backwards: { count: 0, most: 0 },
      sealed: 0,
      unsealed: 0,
      milliseconds,
    };
  } finally {
    tree?.close();
  }
}

function wordsOf(
  config: StoreConfig,
  checkpoints: readonly SignedCheckpoint[],
  witnesses: readonly WitnessKey[],
): ReturnType<typeof witnessWords> {
  const { receipts: path } = sealPaths(config);
  const receipts = witnesses.length > 0 && existsSync(path) ? Receipts.open(path, true) : undefined;
  try {
    return witnessWords(checkpoints, receipts, witnesses);
  } finally {
    receipts?.close();
  }
}

/** The key that checkpoints must be signed with: the one that is named, or the register's. */
export function publicKeyOf(config: Pick<StoreConfig, 'dataDir'>, file: string | undefined): PublicKey | undefined {
  if (file === undefined) return keptPublicKey(config);
  return existsSync(file) ? PublicKey.fromPem(readFileSync(file, 'utf8')) : undefined;
}

/** Triggers keep everybody who opens the file from changing what was recorded; without them nothing shows that any did. */
async function formOf(store: VerifyOptions['store']): Promise<Finding[]> {
  const difference = await store.checkSchema?.();
  return difference === undefined
    ? []
    : [{ code: 'SCHEMA_DIFFERS', message: `the log's file is not as this program made it: ${difference}` }];
}

interface Seals {
  readonly tree?: TreeFile;
  readonly head?: SignedCheckpoint;
  readonly known: readonly Finding[];
}

/**
 * The seals beside the log and what was signed last, as far as they can be had, and what is wrong between them. A copy of
 * the log with its seals has neither a signing key nor what it signed last, which is no fault of it.
 */
async function sealsOf(config: StoreConfig, store: EventStore, publicKey: string | undefined): Promise<Seals> {
  if (config.eventStore === 'memory') return { known: [] };
  const paths = sealPaths(config);
  const known: Finding[] = [];
  const found = async <T>(read: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      const told = asSealsError(error);
      if (!(told instanceof IntegrityError)) throw error;
      known.push({ code: told.code, message: told.message });
      return undefined;
    }
  };
  const head = await found(() => keptHead(config));
  // Which reads it too, and would find the same once more.
  if (known.length === 0) await found(() => bringSealsUp(config, store, publicKeyOf(config, publicKey)));
  const tree = await found(() => (existsSync(paths.tree) ? TreeFile.open(paths.tree, true) : undefined));
  // Where servers sign as one, a machine that signs nothing needs no signing key.
  if (known.length === 0 && (existsSync(paths.signingKey) || (head && !signsAsOne(config)))) {
    const difference = await found(() => sealsDifference(paths, head, tree));
    if (difference) known.push(difference);
  }
  return { ...(tree ? { tree } : {}), ...(head ? { head: head.signed } : {}), known };
}

/** A key that has signed nothing yet is no fault; one that somebody holds, or that lies beside seals without any, is. */
function nothingSigned(paths: SealPaths, { tree, head, known }: Seals, publicKey: string | undefined): Finding[] {
  if (known.length > 0 || head || tree?.last()) return [];
  if (publicKey === undefined && (!existsSync(paths.publicKey) || existsSync(paths.signingKey))) return [];
  const file = publicKey ?? paths.publicKey;
  return [
    { code: 'CHECKPOINT_MISSING', message: `there is a public key (${file}), but no checkpoint that it could confirm` },
  ];
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
