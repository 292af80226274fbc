import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BackupError } from './backup-error.js';
import type { BackedUpFile } from './manifest.js';

/** What the manifest says of a file. */
export async function describeFile(folder: string, name: string): Promise<BackedUpFile> {
  const path = join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name, bytes: statSync(path).size, sha256: hash.digest('hex') };
}

/** @throws BackupError FILE_DIFFERS when one of the files is not there, or not as it was written */
export async function assertFiles(folder: string, files: readonly BackedUpFile[]): Promise<void> {
  for (const file of files) {
    const found = await describeFile(folder, file.name).catch((error: unknown) => {
      throw new BackupError('FILE_DIFFERS', `${join(folder, file.name)} cannot be read`, { cause: error });
    });
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256)
      throw new BackupError('FILE_DIFFERS', `${join(folder, file.name)} is not the file that was backed up`);
  }
}
