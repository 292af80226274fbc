import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backUp } from '../audit/backup/backup.js';
import { assertBackupApart, assertRestoreApart, keysFolderOf, keysFolderThere } from '../audit/backup/places.js';
import { restore } from '../audit/backup/restore.js';
import { assertLogContinues } from '../stores/open-notary.js';
import { openEventStore } from '../stores/open-stores.js';
import { rebuildViews } from '../judgement/running/rebuild-views.js';
import { registerFiles } from '../stores/register-files.js';
import type { Register } from '../app/register.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface BackupOptions {
  readonly keys?: string;
  readonly format: 'text' | 'json';
}

/** `backup`: log, seals and keys as they stand, while others go on writing. */
export function addBackup(program: Command, context: Context): void {
  program
    .command('backup')
    .description('copy the log with its seals, and the keys apart from them, while the register is in use')
    .argument('<dir>', 'a new or empty folder')
    .option('--keys <dir>', 'the folder for the keys, apart from the log (default: <dir>.keys)')
    .addOption(formatOption('text', 'json'))
    .action(async (dir: string, { keys, format }: BackupOptions) => {
      const config = await context.existing();
      if (config.eventStore === 'memory') throw new CliError('a register in memory cannot be backed up');
      const folder = resolve(dir);
      const keysFolder = keys === undefined ? keysFolderOf(folder) : resolve(keys);
      assertBackupApart(folder, keysFolder, config.dataDir);
      const store = await openEventStore(config, { readOnly: true });
      try {
        await assertLogContinues(config, store);
        const { manifest, masterKey } = await backUp(registerFiles(config), store, folder, keysFolder, context.clock);
        const { head, log } = manifest;
        if (log === 'ON_SERVER')
          context.say(
            'the log is on a server and is not in this backup: back it up there, or copy it with fok migrate-store',
          );
        if (!masterKey) context.say('the master key is kept elsewhere (MASTER_KEY_FILE) and is not in this backup');
        if (format === 'json') await context.printJson(manifest);
        else
          await context.print(
            `${head.events} events up to ${head.recordedAt}, the last is ${head.event}; the keys are in ${keysFolder}: keep them apart from ${folder}`,
          );
      } finally {
        await store.close();
      }
    });
}

/** `restore`: a backup becomes the register of an empty data folder. */
export function addRestore(program: Command, context: Context): void {
  program
    .command('restore')
    .description('put a backup into the data folder, which must be new or empty, and make the views from it')
    .argument('<dir>', 'the folder of the backup')
    .option('--keys <dir>', 'the folder of its keys (default: <dir>.keys)')
    .addOption(formatOption('text', 'json'))
    .action(async (dir: string, { keys, format }: BackupOptions) => {
      const config = context.config();
      if (config.eventStore === 'memory') throw new CliError('a backup cannot be restored into memory');
      const folder = resolve(dir);
      const place = { folder, keysFolder: keys === undefined ? keysFolderThere(folder) : resolve(keys) };
      assertRestoreApart(place.folder, place.keysFolder, config.dataDir);
      const { head, register: id } = await restore(place, resolve(config.dataDir), registerFiles(config));
      await context.withViewsToBuild((register) => makeViews(register, context));
      if (format === 'json') await context.printJson({ register: id, ...head });
      else
        await context.print(
          `${head.events} events up to ${head.recordedAt} are in ${config.dataDir}, the last is ${head.event}`,
        );
    });
}

/** Views that a server kept were made from another log. */
async function makeViews(register: Register, context: Context): Promise<void> {
  if (register.projections.every(({ projection }) => projection.reached.facts === 0))
    await context.bringUpToDate(register);
  else await rebuildViews(register, (view, done, total) => context.progress(`${view}: ${done} of ${total}`));
  context.progressDone();
}
