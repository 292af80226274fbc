import type { Command } from 'commander';
import { daySpan } from '../access-log/day-span.js';
import { firstDayKept, yearsKept } from '../access-log/dispose/disposable.js';
import { openAccessLog } from '../access-log/open-access-log.js';
import { LogReviews } from '../access-log/reviews/log-reviews.js';
import { today } from '../kernel/time/clock.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface DisposeOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly format: 'text' | 'json';
}

/** `access dispose`: removes what has been kept long enough. */
export function addAccessDispose(access: Command, context: Context): void {
  access
    .command('dispose')
    .description('remove the whole months of the access log whose time is over; where its chain had come to stays')
    .option('--dry-run', 'tell what would go, and change nothing')
    .option('--yes', 'do not ask before')
    .addOption(formatOption('text', 'json'))
    .action(({ dryRun, yes, format }: DisposeOptions) =>
      context.withAnswers(async (register) => {
        const log = await openAccessLog(context.config(), context.clock);
        if (!log) throw new CliError('this register keeps no access log: ACCESS_LOG=on begins one');
        try {
          const now = today(context.clock);
          const unsigned = await new LogReviews(register, log, context.config()).firstUnsigned();
          const kept = firstDayKept(now, await yearsKept(register, now), unsigned);
          const { from: before = '' } = daySpan(kept, undefined);
          let count = 0;
          for await (const _ of log.read({ to: before })) count += 1;
          const told = {
            keptFrom: kept,
            records: count,
            ...(unsigned === undefined ? {} : { unsigned }),
            ...(dryRun ? { dryRun } : {}),
          };
          if (count > 0 && !dryRun) {
            if (!yes) await context.mustConfirm(`${count} records of before ${kept} go, for ever`, 'dispose');
            await log.dispose(before);
          }
          if (format === 'json') await context.printJson(told);
          else {
            await context.print(`${count} records of before ${kept} ${dryRun ? 'would go' : 'went'}`);
            if (unsigned !== undefined)
              await context.print(`the first month whose review is not signed is ${unsigned}`);
          }
        } finally {
          await log.close();
        }
      }),
    );
}
