import type { Command } from 'commander';
import { recipientFile } from '../answers/file/recipient-file.js';
import { day, id, instant } from './arguments.js';
import type { Context } from './context.js';
import { evidenceAtRest } from './seal-status.js';

interface Options {
  readonly on?: string;
  readonly knownAt?: string;
}

/** `file`: all that the register has about one person, to leave the register. */
export function addFile(program: Command, context: Context): void {
  program
    .command('file')
    .description('the file of one recipient: state, whole history, judgement over time, contacts, and what proves it')
    .argument('<recipient>', 'id of the recipient', id)
    .option('--on <date>', 'the day on which the state is told (default: today)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .action(async (recipient: string, { on, knownAt }: Options) => {
      const config = await context.existing();
      const evidence = await evidenceAtRest(config, context.clock);
      await context.withAnswers(async (register) => {
        const asked = { recipient, on: context.asked.day(on), knownAt };
        const file = await recipientFile(register, evidence, asked);
        await context.lookingAt({
          act: 'EXPORT',
          route: 'recipient.file',
          shown: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
          persons: file,
          knownAt,
          on,
        });
        await context.printJson(file);
      });
    });
}
