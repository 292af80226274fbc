import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { BackupError } from './backup-error.js';

/**
 * The folder of the keys when no other is named: beside that of the log, never in it, so that who copies the one does
 * not copy the other.
 */
export function keysFolderOf(folder: string): string {
  return `${resolve(folder)}.keys`;
}

/**
 * Where the keys of a backup are looked for when no folder is named; programs of before put them into the folder of the
 * log.
 */
export function keysFolderThere(folder: string): string {
  const [beside, inside] = [keysFolderOf(folder), join(folder, 'keys')];
  return !existsSync(beside) && existsSync(inside) ? inside : beside;
}

/**
 * @throws BackupError PLACES_OVERLAP unless log, keys and the register are each in a folder that holds none of the
 * others
 */
export function assertBackupApart(folder: string, keysFolder: string, dataDir: string): void {
  if (overlap(folder, keysFolder))
    throw new BackupError(
      'PLACES_OVERLAP',
      `the keys would lie with the log (${keysFolder}, ${folder}): name a folder apart from it with --keys`,
    );
  for (const target of [folder, keysFolder]) {
    if (overlap(target, dataDir))
      throw new BackupError(
        'PLACES_OVERLAP',
        `${target} lies in the register's folder ${dataDir}, or holds it: a backup is lost with what it lies in, name another folder`,
      );
  }
}

/** @throws BackupError PLACES_OVERLAP when the register would be made in what it is restored from */
export function assertRestoreApart(folder: string, keysFolder: string, dataDir: string): void {
  for (const from of [folder, keysFolder]) {
    if (overlap(from, dataDir))
      throw new BackupError(
        'PLACES_OVERLAP',
        `${dataDir} lies in the backup ${from}, or holds it: name another folder with --data`,
      );
  }
}

function overlap(one: string, other: string): boolean {
  const [first, second] = [realOf(resolve(one)), realOf(resolve(other))];
  return holds(first, second) || holds(second, first);
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** The path without links, also of what is still to be made. */
function realOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return path === dirname(path) ? path : join(realOf(dirname(path)), basename(path));
}
