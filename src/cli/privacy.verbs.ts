import type { Command } from 'commander';
import { forgetRecipients } from '../audit/forget/forget.js';
import { changeMasterKey } from '../kernel/privacy/open-keys.js';
import { keyPlace } from '../stores/open-stores.js';
import { mustExist } from '../judgement/answer-problems.js';
import { loadPerson } from '../judgement/person/person.js';
import { id } from './arguments.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface ForgetOptions {
  readonly reason: string;
  readonly actor: string;
  readonly role: string;
  readonly format: 'text' | 'json';
}

/** `forget`: destroys a person's key. Whether one may is decided before, by people. */
export function addForget(program: Command, context: Context): void {
  program
    .command('forget')
    .description(
      'destroy the key of a person: nothing of theirs can be read any more, for ever; timeline and figures stay',
    )
    .argument('<recipient>', 'id of the recipient; all registrations of the same person are forgotten', id)
    .requiredOption('--reason <text>', 'the decision behind it, without saying whom; it stands in the log')
    .option('--actor <id>', 'who does it', 'fok')
    .option('--role <role>', 'as what', 'ADMINISTRATOR')
    .addOption(formatOption('text', 'json'))
    .action(async (recipient: string, { reason, actor, role, format }: ForgetOptions) => {
      if (reason.trim() === '') throw new CliError('the reason is blank');
      await context.withAnswers(async (register) => {
        await mustExist(register, 'recipient', recipient);
        const { recipients } = await loadPerson(register, recipient);
        // The views hold neither names nor numbers nor free text: there is nothing in them to remove.
        await forgetRecipients(
          recipients,
          { reason, actor: { id: actor, role } },
          { log: register.log, keys: register.keys, clock: context.clock },
        );
        await context.bringUpToDate(register);
        if (format === 'json') await context.printJson({ forgotten: recipients });
        else await context.print(`forgotten: ${recipients.join(', ')}`);
      });
    });
}

/** `keys`: the master key that wraps every person's key. */
export function addKeys(program: Command, context: Context): void {
  program
    .command('keys')
    .description('the master key')
    .command('rotate')
    .description('wrap all keys with a new master key and destroy the old one')
    .option('--new-key-file <file>', 'where the new one is, or is made, when MASTER_KEY_FILE says where the old one is')
    .addOption(formatOption('text', 'json'))
    .action(async ({ newKeyFile, format }: { readonly newKeyFile?: string; readonly format: 'text' | 'json' }) => {
      const place = keyPlace(await context.existing());
      const rotated = await changeMasterKey(place, newKeyFile, (done, all) =>
        context.progress(`keys: ${done} of ${all}`),
      );
      context.progressDone();
      if (format === 'json') await context.printJson({ rotated });
      else
        await context.print(
          `${rotated} keys are wrapped with the new master key; start every process that has the register open again`,
        );
    });
}
