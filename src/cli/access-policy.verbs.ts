import type { Command } from 'commander';
import { accessPolicyAnswer, accessPolicyText } from '../answers/access/policy-answer.js';
import { GetWhoCouldRead, GetWhoCouldReadHandler } from '../answers/access/who-could-read.query.js';
import { namesOfStreams } from '../answers/text/names.js';
import { day, id, instant } from './arguments.js';
import { type Context, formatOption } from './context.js';

interface Asked {
  readonly recipient: string;
  readonly on?: string;
  readonly knownAt?: string;
  readonly format: 'text' | 'json';
}

/** `access policy` and `access who-could-read`. */
export function addAccessPolicyVerbs(access: Command, context: Context): void {
  access
    .command('policy')
    .description('the table of access: who may do what, how far and on which conditions')
    .addOption(formatOption('text', 'json'))
    .action(async ({ format }: { readonly format: 'text' | 'json' }) => {
      if (format === 'json') await context.printJson(accessPolicyAnswer());
      else await context.print(accessPolicyText());
    });
  access
    .command('who-could-read')
    .description('who could read about a person on a day, as known at a time')
    .requiredOption('--recipient <id>', 'the person', id)
    .option('--on <date>', 'the day (default: today)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .addOption(formatOption('text', 'json'))
    .action(async ({ recipient, on, knownAt, format }: Asked) => {
      await context.lookingAt({
        act: 'READ',
        route: 'access.who-could-read',
        shown: ['STATE'],
        persons: { recipient },
        on,
        knownAt,
      });
      await context.withAnswers(async (register) => {
        const answer = await new GetWhoCouldReadHandler(register).execute(
          new GetWhoCouldRead(recipient, context.asked.day(on), knownAt),
        );
        if (format === 'json') return context.printJson(answer);
        const names = await namesOfStreams(
          register,
          answer.items.flatMap(({ staff }) => (staff === undefined ? [] : [`staff-${staff}`])),
        );
        const lines = answer.items.map(
          ({ staff, subject, grant, role, rule, from, to }) =>
            `${staff === undefined ? (subject ?? grant ?? '') : names.of(staff)}  ${role} (${rule})  ${from}–${to ?? ''}`,
        );
        await context.print(lines.join('\n'));
      });
    });
}
