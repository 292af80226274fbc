import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a new file with mode 0600: under another name first, and flushed, so that under its own it is whole or not there.
 * @throws the file system's error, also when the file is there
 */
export function writeSecretFile(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.writing`;
  rmSync(unfinished, { force: true });
  const file = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  nameFile(unfinished, path);
  flushFolder(dirname(path));
}

/** Gives a file its name, unless another has it: a rename would take the other's place in silence. */
function nameFile(unfinished: string, path: string): void {
  try {
    linkSync(unfinished, path);
    rmSync(unfinished, { force: true });
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })) {
      rmSync(unfinished, { force: true });
      throw error;
    }
    // A file system without links.
    renameSync(unfinished, path);
  }
}

/** Makes a rename or a new file in a folder durable. */
export function flushFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
