import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { compareLogs, copyLog } from './copy-log.js';
import { MigrationError } from './migration-error.js';
import { reseal } from './reseal.js';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { SignedCheckpoint } from '../../kernel/integrity/checkpoint.js';
import { HeadFile } from '../../kernel/integrity/head-file.js';
import { SigningKey } from '../../kernel/integrity/signing-key.js';
import { copyKeyStore, identityOf } from '../../kernel/privacy/key-copy.js';
import { KeyStoreError } from '../../kernel/privacy/key-store-error.js';
import { flushFile } from '../../kernel/sqlite/copy.js';
import type { Clock } from '../../kernel/time/clock.js';
import { keptHead } from '../../stores/open-heads.js';
import { bringSealsUp } from '../../stores/open-notary.js';
import { dataPaths, openEventStore, type StoreConfig } from '../../stores/open-stores.js';
import { registerFiles } from '../../stores/register-files.js';

export interface Migration {
  /** Events that were copied now, and that both logs have, compared one by one. */
  readonly copied: number;
  readonly events: number;
  /** The first checkpoint over the copy; none when the log was never sealed. */
  readonly checkpoint?: SignedCheckpoint;
}

/**
 * Takes a register to another store: its log event by event, its keys when the data folder is another one, and new
 * seals that continue the old ones. The views are the caller's to make. Nothing may write to the log meanwhile. Run
 * again after a crash it goes on.
 * @throws MigrationError, EventStoreError, KeyStoreError, IntegrityError; the log of before is never changed
 */
export async function migrateRegister(
  from: StoreConfig,
  to: StoreConfig,
  clock: Clock,
  onProgress: (step: 'copied' | 'compared', events: number) => void,
): Promise<Migration> {
  const scratch = mkdtempSync(join(tmpdir(), 'fok-migrate-'));
  const opened: EventStore[] = [];
  try {
    // Where events lie on a server is remembered per data folder, which may be the same for both ends: that of the old
    // server is made anew.
    const source = await openEventStore(from.eventStore === 'eventstoredb' ? { ...from, dataDir: scratch } : from, {
      readOnly: true,
    });
    opened.push(source);
    // Where servers sign as one, this machine's seals may be behind what was signed: nothing is signed anew over a log
    // that does not bear that out.
    await bringSealsUp(from, source);
    if (to.eventStore === 'eventstoredb') rmSync(dataPaths(to.dataDir).serverIndex, { force: true });
    const target = await openEventStore(to);
    opened.push(target);
    const copied = await copyLog(source, target, (events) => onProgress('copied', events));
    const events = await compareLogs(source, target, (done) => onProgress('compared', done));
    await copyKeys(from, to);
    const checkpoint = await sealCopy(from, to, target, clock);
    return { copied, events, ...(checkpoint ? { checkpoint } : {}) };
  } finally {
    for (const store of opened) await store.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function copyKeys(from: StoreConfig, to: StoreConfig): Promise<void> {
  if (resolve(from.dataDir) === resolve(to.dataDir)) return;
  const [source, target] = [registerFiles(from), registerFiles(to)];
  mkdirSync(dirname(target.head), { recursive: true, mode: 0o700 });
  // The key store comes last: where it is, everything is.
  if (target.keys.kind === 'sqlite' && existsSync(target.keys.path)) {
    const [here, there] = [(await identityOf(source.keys)).register, (await identityOf(target.keys)).register];
    if (here !== there)
      throw new KeyStoreError(
        'KEY_STORE_MISMATCH',
        `the keys in ${to.dataDir} belong to register ${there}, the log to ${here}`,
      );
    return;
  }
  const plain: (readonly [string, string])[] = [[source.head, target.head]];
  if (source.signingKeyKept === 'HERE') plain.push([source.signingKey, target.signingKey]);
  if (source.masterKey.kept === 'HERE') plain.push([source.masterKey.path, target.masterKey.path]);
  for (const [file, copy] of plain) {
    if (!existsSync(file)) continue;
    copyFileSync(file, copy);
    await flushFile(copy);
  }
  // Keys on a server stay where they are: both ends have the same settings for them.
  if (target.keys.kind === 'sqlite') await copyKeyStore(source.keys, target.keys.path);
}

async function sealCopy(
  from: StoreConfig,
  to: StoreConfig,
  store: EventStore,
  clock: Clock,
): Promise<SignedCheckpoint | undefined> {
  const [source, target] = [registerFiles(from), registerFiles(to)];
  if (!existsSync(source.tree)) {
    if (await keptHead(from))
      throw new MigrationError('SEALS_DIFFER', 'the log was sealed, but its seals are not there: run verify');
    return undefined;
  }
  mkdirSync(dirname(target.tree), { recursive: true });
  if (!existsSync(target.publicKey)) copyFileSync(source.publicKey, target.publicKey);
  const kept = join(dirname(target.tree), 'seals-before-migration.sqlite');
  const heads = HeadFile.open(target.head);
  try {
    const key = SigningKey.read(target.signingKey);
    return await reseal({ store, before: source.tree, tree: target.tree, kept, key, heads, clock });
  } finally {
    await heads.close();
  }
}
