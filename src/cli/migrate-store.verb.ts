import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { migrateRegister } from '../audit/migrate/migrate-register.js';
import { dataPaths } from '../stores/open-stores.js';
import { rebuildViews } from '../judgement/running/rebuild-views.js';
import { isSameStore, storeAt } from '../stores/store-address.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface MigrateOptions {
  readonly from: string;
  readonly to: string;
  readonly format: 'text' | 'json';
}

/** `migrate-store`: the same log in another store. */
export function addMigrateStore(program: Command, context: Context): void {
  program
    .command('migrate-store')
    .description(
      'copy the log to another store, compare it event by event, seal it anew; nothing may write to it meanwhile',
    )
    .requiredOption(
      '--from <store>',
      'sqlite:DATA-FOLDER, eventstoredb:URL, or eventstoredb for the server of EVENTSTORE_URL',
    )
    .requiredOption('--to <store>', 'the same; an empty one, or the one that an interrupted migration has begun')
    .addOption(formatOption('text', 'json'))
    .action(async ({ from, to, format }: MigrateOptions) => {
      const config = context.config();
      const [source, target] = [storeAt(from, config), storeAt(to, config)];
      if (isSameStore(source, target)) throw new CliError('both are the same store');
      if (source.eventStore === 'sqlite' && !existsSync(dataPaths(source.dataDir).events))
        throw new CliError(`there is no register in ${source.dataDir}`);
      const { copied, events, checkpoint } = await migrateRegister(source, target, context.clock, (step, done) =>
        context.progress(`migrate-store: ${done} events ${step}`),
      );
      await context.withViewsToBuild(
        (register) => rebuildViews(register, (view, done, total) => context.progress(`${view}: ${done} of ${total}`)),
        { ...config, ...target },
      );
      context.progressDone();
      const sealed = checkpoint?.checkpoint;
      if (format === 'json') await context.printJson({ copied, events, checkpoint: sealed ?? null });
      else
        await context.print(
          `${events} events are in both stores, ${copied} of them copied now${sealed ? `; sealed anew with root ${sealed.root}` : ''}`,
        );
    });
}
