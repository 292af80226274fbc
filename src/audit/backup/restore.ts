import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SqliteEventStore } from '../../kernel/event-store/sqlite/sqlite-event-store.js';
import { readMasterKey } from '../../kernel/privacy/file-master-key.js';
import { identityOf, putKeyStore } from '../../kernel/privacy/key-copy.js';
import { flushFile } from '../../kernel/sqlite/copy.js';
import { assertFiles } from './backed-up-file.js';
import { readHead } from './backup.js';
import { BackupError } from './backup-error.js';
import { type Manifest, readManifest } from './manifest.js';
import { NAMES, type RegisterFiles } from '../../stores/register-parts.js';

export interface BackupPlace {
  readonly folder: string;
  readonly keysFolder: string;
}

/**
 * Puts a backup into an empty data folder. Everything is compared with the manifest before anything is written; the log
 * gets its name last, so that a restore that was broken off leaves no register behind. Views are not part of a backup:
 * they are made from the log.
 * @throws BackupError, EventStoreError, KeyStoreError, or the file system's error; what was written is taken away again
 */
export async function restore(
  { folder, keysFolder }: BackupPlace,
  dataDir: string,
  files: RegisterFiles,
): Promise<Manifest> {
  const manifest = readManifest(folder);
  assertEmpty(dataDir);
  if ((manifest.log === 'HERE') !== (files.events !== undefined)) {
    throw new BackupError(
      'DOES_NOT_FIT',
      manifest.log === 'HERE'
        ? 'the backup holds a log in a file, but EVENT_STORE names a server: restore it, then use migrate-store'
        : 'the log of this register was on a server: name it with EVENT_STORE and EVENTSTORE_URL',
    );
  }
  await assertFiles(folder, manifest.files);
  await assertFiles(keysFolder, manifest.keys);
  await assertKeysFit(manifest, keysFolder, files);
  if (files.events !== undefined) await assertLogFits(manifest, join(folder, NAMES.events));

  const made = !existsSync(dataDir);
  try {
    await copyAll(manifest, { folder, keysFolder }, files);
  } catch (error) {
    for (const name of existsSync(dataDir) ? readdirSync(dataDir) : [])
      rmSync(join(dataDir, name), { recursive: true, force: true });
    if (made) rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
  return manifest;
}

function assertEmpty(dataDir: string): void {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  const register = existsSync(join(dataDir, NAMES.events));
  throw new BackupError(
    'FOLDER_IN_USE',
    `${dataDir} ${register ? 'holds a register' : 'is not empty'}: stop what uses it and move it away, or name another folder with --data`,
  );
}

async function assertKeysFit(manifest: Manifest, keysFolder: string, { masterKey }: RegisterFiles): Promise<void> {
  const identity = await identityOf({ kind: 'sqlite', path: join(keysFolder, NAMES.keys) });
  if (identity.register !== manifest.register)
    throw new BackupError(
      'DOES_NOT_FIT',
      `the keys belong to register ${identity.register}, the backup to ${manifest.register}`,
    );
  const held = manifest.keys.some(({ name }) => name === NAMES.masterKey);
  if (masterKey.kept === 'HERE' && !held)
    throw new BackupError('DOES_NOT_FIT', 'the master key is not in the backup: name its file with MASTER_KEY_FILE');
  const master = readMasterKey(masterKey.kept === 'HERE' ? join(keysFolder, NAMES.masterKey) : masterKey.path);
  if (master.id !== identity.masterKeyId)
    throw new BackupError(
      'DOES_NOT_FIT',
      `the keys are locked with master key ${identity.masterKeyId}, given is ${master.id}`,
    );
}

async function assertLogFits({ head, register }: Manifest, path: string): Promise<void> {
  const log = await SqliteEventStore.open({ path, readOnly: true });
  try {
    const found = await readHead(log);
    if (found.register === register && isDeepStrictEqual(found.head, head)) return;
  } finally {
    await log.close();
  }
  throw new BackupError('DOES_NOT_FIT', 'the log in the backup is not the one that its manifest describes');
}

async function copyAll(manifest: Manifest, { folder, keysFolder }: BackupPlace, files: RegisterFiles): Promise<void> {
  const targets: Readonly<Record<string, string | undefined>> = {
    [NAMES.tree]: files.tree,
    [NAMES.publicKey]: files.publicKey,
    [NAMES.signingKey]: files.signingKeyKept === 'HERE' ? files.signingKey : undefined,
    [NAMES.head]: files.head,
    [NAMES.accessLog]: files.accessLog,
    [NAMES.accessSeals]: files.accessSeals,
    [NAMES.masterKey]: files.masterKey.kept === 'HERE' ? files.masterKey.path : undefined,
  };
  mkdirSync(dirname(files.head), { recursive: true, mode: 0o700 });
  mkdirSync(dirname(files.tree), { recursive: true });
  const copies = [
    ...manifest.files.map(({ name }) => [folder, name] as const),
    ...manifest.keys.map(({ name }) => [keysFolder, name] as const),
  ];
  for (const [from, name] of copies) {
    const target = targets[name];
    if (target === undefined) continue;
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    await copyFlushed(join(from, name), target);
  }
  const countsNow = await putKeyStore(join(keysFolder, NAMES.keys), files.keys);
  if (files.events !== undefined) {
    const unnamed = `${files.events}.restoring`;
    await copyFlushed(join(folder, NAMES.events), unnamed);
    renameSync(unnamed, files.events);
    await flushFile(files.events);
  }
  await countsNow();
}

async function copyFlushed(from: string, to: string): Promise<void> {
  copyFileSync(from, to);
  await flushFile(to);
}
