import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { flushFile } from '../../kernel/sqlite/copy.js';
import { BackupError } from './backup-error.js';

/** A program refuses a backup with a higher one. */
const BACKUP_FORMAT = 1;
const FILE = 'manifest.json';

const file = z.strictObject({
  /** Within the part's folder. */
  name: z.string().regex(/^[a-z-]+\.[a-z]+$/),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const schema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  /** The register's id, as on the log's first event and in the key store. */
  register: z.string(),
  madeAt: z.string(),
  /** Where the log is: in the backup, or on its server, which is backed up by its own means. */
  log: z.enum(['HERE', 'ON_SERVER']),
  /** How far the log went: so many events, of which this was the last. */
  head: z.strictObject({
    events: z.int().min(1),
    event: z.string(),
    position: z.string().regex(/^\d+$/),
    recordedAt: z.string(),
  }),
  files: z.array(file),
  /** The files of the other part, which may lie elsewhere. */
  keys: z.array(file),
});

/** What a backup holds. Written last, so that a folder without it is no backup. */
export type Manifest = z.infer<typeof schema>;
export type BackedUpFile = z.infer<typeof file>;

/** @param content all but the format */
export async function writeManifest(folder: string, content: Omit<Manifest, 'format'>): Promise<Manifest> {
  const manifest: Manifest = { format: BACKUP_FORMAT, ...content };
  const path = join(folder, FILE);
  writeFileSync(path, `${JSON.stringify(manifest, undefined, 2)}\n`, { flag: 'wx' });
  await flushFile(path);
  return manifest;
}

/** @throws BackupError NOT_A_BACKUP, NEWER_FORMAT */
export function readManifest(folder: string): Manifest {
  const content = contentOf(join(folder, FILE));
  if (
    typeof content === 'object' &&
    content !== null &&
    'format' in content &&
    typeof content.format === 'number' &&
    content.format > BACKUP_FORMAT
  ) {
    throw new BackupError(
      'NEWER_FORMAT',
      `the backup has format ${content.format}, this program knows ${BACKUP_FORMAT}: use a newer program`,
    );
  }
  const read = schema.safeParse(content);
  if (!read.success) throw new BackupError('NOT_A_BACKUP', `${join(folder, FILE)} is no manifest of a backup`);
  return read.data;
}

function contentOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BackupError(
      'NOT_A_BACKUP',
      `there is no ${path}: the folder holds no backup, or one that was broken off`,
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
