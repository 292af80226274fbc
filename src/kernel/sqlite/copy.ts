import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openDatabase } from './sqlite.js';

/**
 * Writes a whole and consistent copy of a database as it stands to a new file, while other processes go on writing.
 * What was deleted in it is not in the copy. The calling thread stands still meanwhile, so it is for a command of its
 * own.
 * @throws the driver's error, also when the target is there already
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const db = openDatabase(from, { readOnly: true, busyTimeoutMs: 10_000 });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  await flushFile(to);
}

/**
 * SQLite leaves a copy to the operating system; it is only one when it lies on the disk, and its name in the folder
 * too.
 */
export async function flushFile(path: string): Promise<void> {
  for (const target of [path, dirname(path)]) {
    const file = await open(target, 'r');
    await file.sync().finally(() => file.close());
  }
}
