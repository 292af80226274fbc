import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBody } from '../../kernel/event-sourcing/stored-body.js';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import { SqliteEventStore } from '../../kernel/event-store/sqlite/sqlite-event-store.js';
import { readMasterKey } from '../../kernel/privacy/file-master-key.js';
import { copyKeyStore, identityOf } from '../../kernel/privacy/key-copy.js';
import { copyDatabase, flushFile } from '../../kernel/sqlite/copy.js';
import type { Clock } from '../../kernel/time/clock.js';
import { describeFile } from './backed-up-file.js';
import { BackupError } from './backup-error.js';
import { type Manifest, writeManifest } from './manifest.js';
import { isWantOfRoom } from './no-room.js';
import { NAMES, type RegisterFiles } from '../../stores/register-parts.js';

const NOTE = `These are the keys to the backup of the log: with them and the log every name in the register can be read.
Keep them elsewhere than the log, under lock. Without them a restored log still proves what happened, but nobody's name can be read again.
Destroy them when the time for disposal has come: a person who was forgotten since is in these keys still.
`;

export interface Backup {
  readonly manifest: Manifest;
  /** True when the master key is among the keys; otherwise it has to be backed up where it is kept. */
  readonly masterKey: boolean;
}

/**
 * Makes a backup of a register that others may be writing: what was signed last first, then the seals, the log, the keys,
 * so that what each speaks of is in the one after it. The manifest comes last.
 * @param log the log; on a server only its head is noted
 * @param folder for the log and its seals; new or empty
 * @param keysFolder for the keys; new or empty
 * @throws BackupError, EventStoreError, KeyStoreError, or the file system's error. The folder then holds no backup.
 */
export async function backUp(
  files: RegisterFiles,
  log: EventStore,
  folder: string,
  keysFolder: string,
  clock: Clock,
): Promise<Backup> {
  if ((await log.head()) === 0n)
    throw new BackupError('NOTHING_TO_BACK_UP', 'the log is empty: there is nothing to back up');
  for (const target of [folder, keysFolder]) assertFree(target);
  try {
    return await copyAll(files, log, folder, keysFolder, clock);
  } catch (error) {
    if (!isWantOfRoom(error)) throw error;
    const message = `the disk with ${folder} or ${keysFolder} is full or fails: what lies there is no backup, remove it and begin again`;
    throw new BackupError('NO_ROOM', message, { cause: error });
  }
}

async function copyAll(
  files: RegisterFiles,
  log: EventStore,
  folder: string,
  keysFolder: string,
  clock: Clock,
): Promise<Backup> {
  mkdirSync(folder, { recursive: true });
  mkdirSync(keysFolder, { recursive: true, mode: 0o700 });

  const headPart = await copyHead(files, keysFolder);
  const parts = [
    ...(await copySeals(files, folder)),
    ...(await copyAccess(files, folder)),
    ...(await copyLog(log, folder)),
  ];
  const keys = [...(await copyKeys(files, keysFolder)), ...headPart];
  const { head, register } = await headOf(log, folder);
  await assertTogether(files, keysFolder, register);

  const manifest = await writeManifest(folder, {
    register,
    madeAt: clock.now(),
    log: log instanceof SqliteEventStore ? 'HERE' : 'ON_SERVER',
    head,
    files: await Promise.all(parts.map((name) => describeFile(folder, name))),
    keys: await Promise.all(keys.map((name) => describeFile(keysFolder, name))),
  });
  return { manifest, masterKey: keys.includes(NAMES.masterKey) };
}

function assertFree(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new BackupError('FOLDER_IN_USE', `${folder} is not empty: a backup goes into a folder of its own`);
}

async function copyHead({ head }: RegisterFiles, keysFolder: string): Promise<string[]> {
  if (!existsSync(head)) return [];
  await copyDatabase(head, join(keysFolder, NAMES.head));
  return [NAMES.head];
}

async function copySeals({ tree, publicKey }: RegisterFiles, folder: string): Promise<string[]> {
  if (!existsSync(tree)) return [];
  await copyDatabase(tree, join(folder, NAMES.tree));
  await copyPlain(publicKey, join(folder, NAMES.publicKey));
  return [NAMES.tree, NAMES.publicKey];
}

/** What was signed of the access log, then the log that it speaks of. */
async function copyAccess({ accessSeals, accessLog }: RegisterFiles, folder: string): Promise<string[]> {
  const copied: string[] = [];
  for (const [name, path] of [
    [NAMES.accessSeals, accessSeals],
    [NAMES.accessLog, accessLog],
  ] as const) {
    if (!existsSync(path)) continue;
    await copyDatabase(path, join(folder, name));
    copied.push(name);
  }
  return copied;
}

async function copyLog(log: EventStore, folder: string): Promise<string[]> {
  if (!(log instanceof SqliteEventStore)) return [];
  await log.backup(join(folder, NAMES.events));
  return [NAMES.events];
}

async function copyKeys(
  { keys, signingKey, signingKeyKept, masterKey }: RegisterFiles,
  folder: string,
): Promise<string[]> {
  const copied: string[] = [NAMES.keys];
  await copyKeyStore(keys, join(folder, NAMES.keys));
  chmodSync(join(folder, NAMES.keys), 0o600);
  if (signingKeyKept === 'HERE' && existsSync(signingKey)) {
    await copyPlain(signingKey, join(folder, NAMES.signingKey));
    copied.push(NAMES.signingKey);
  }
  if (masterKey.kept === 'HERE') {
    await copyPlain(masterKey.path, join(folder, NAMES.masterKey));
    copied.push(NAMES.masterKey);
  }
  writeFileSync(join(folder, 'KEEP-ELSEWHERE.txt'), NOTE);
  return copied;
}

/** Copies a small file with its mode. */
async function copyPlain(from: string, to: string): Promise<void> {
  copyFileSync(from, to);
  await flushFile(to);
}

/** How far the copy goes; on a server, how far the log goes now. */
async function headOf(
  log: EventStore,
  folder: string,
): Promise<{ readonly head: Manifest['head']; readonly register: string }> {
  const copy =
    log instanceof SqliteEventStore
      ? await SqliteEventStore.open({ path: join(folder, NAMES.events), readOnly: true })
      : undefined;
  try {
    return await readHead(copy ?? log);
  } finally {
    await copy?.close();
  }
}

/**
 * The end of a log and the register it belongs to.
 * @throws BackupError DOES_NOT_FIT when its first event does not say which
 */
export async function readHead(
  log: EventStore,
): Promise<{ readonly head: Manifest['head']; readonly register: string }> {
  const [first] = await log.readLog({ limit: 1 });
  const [last] = await log.readLog({ direction: 'backwards', limit: 1 });
  const body = first && readBody(first.body);
  const register = typeof body === 'object' ? body.register : undefined;
  if (!last || register === undefined)
    throw new BackupError('DOES_NOT_FIT', "the log's first event does not say which register it belongs to: run check");
  return {
    head: {
      events: await log.count(last.position),
      event: last.id,
      position: String(last.position),
      recordedAt: last.recordedAt,
    },
    register,
  };
}

/**
 * Keys of another register, or under another master key than is at hand, would be found out only when they are needed.
 */
async function assertTogether({ masterKey }: RegisterFiles, keysFolder: string, register: string): Promise<void> {
  const identity = await identityOf({ kind: 'sqlite', path: join(keysFolder, NAMES.keys) });
  if (identity.register !== register)
    throw new BackupError(
      'DOES_NOT_FIT',
      `the key store belongs to register ${identity.register}, the log to ${register}`,
    );
  const master = readMasterKey(masterKey.kept === 'HERE' ? join(keysFolder, NAMES.masterKey) : masterKey.path);
  if (identity.masterKeyId !== master.id)
    throw new BackupError('DOES_NOT_FIT', 'the master key was changed while it was backed up: make the backup again');
}
