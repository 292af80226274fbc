import type { Command } from 'commander';
import { forgetPersons } from '../audit/forget/forget.js';
import { type ForgettingPlan, planForgetting } from '../audit/forget/plan.js';
import { changeMasterKey } from '../kernel/privacy/open-keys.js';
import { keyPlace } from '../stores/open-stores.js';
import { mustExist } from '../judgement/answer-problems.js';
import { onOneLine } from '../kernel/safe-text.js';
import { id } from './arguments.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface ForgetOptions {
  readonly reason: string;
  readonly actor: string;
  readonly role: string;
  readonly staff?: true;
  readonly although?: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly format: 'text' | 'json';
}

/** `forget`: destroys a person's key. Whether one may is decided before, by people. */
export function addForget(program: Command, context: Context): void {
  program
    .command('forget')
    .description(
      'destroy the key of a person: nothing of theirs can be read any more, for ever; timeline and figures stay',
    )
    .argument(
      '<person>',
      'id of a recipient: all registrations of the same person are forgotten, merged or of the same number',
      id,
    )
    .requiredOption('--reason <text>', 'the decision behind it, without saying whom; it stands in the log')
    .option('--staff', 'the id is that of an employee')
    .option('--although <why>', 'forget although care goes on or the employment has not ended; it stands in the log')
    .option('--dry-run', 'tell who would be forgotten, and change nothing')
    .option('--yes', 'do not ask before')
    .option('--actor <id>', 'who does it', 'fok')
    .option('--role <role>', 'as what', 'ADMINISTRATOR')
    .addOption(formatOption('text', 'json'))
    .action(async (person: string, options: ForgetOptions) => {
      const { reason, although, format } = options;
      if (reason.trim() === '' || although?.trim() === '') throw new CliError('the reason is blank');
      const kind = options.staff ? 'staff' : 'recipient';
      await context.withAnswers(async (register) => {
        await mustExist(register, kind, person);
        const plan = await planForgetting(register, kind, person);
        if (options.dryRun) {
          if (format === 'json') await context.printJson({ dryRun: true, ...plan });
          else for (const line of planLines(plan)) await context.print(line);
          return;
        }
        for (const line of planLines(plan)) context.say(`fok: ${line}`);
        if (plan.goesOn.length > 0 && although === undefined)
          throw new CliError('it is too early to forget this person; say with --although why it is done all the same');
        if (!options.yes) await context.mustConfirm('this cannot be undone', 'forget');
        const forgotten = plan.registrations.map((one) => one.id);
        const actor = { id: options.actor, role: options.role };
        // The views hold neither names nor numbers nor free text: there is nothing in them to remove.
        await forgetPersons(
          forgotten,
          { kind, reason, actor, ...(although === undefined ? {} : { although }) },
          { log: register.log, keys: register.keys, clock: context.clock },
        );
        await context.bringUpToDate(register);
        if (format === 'json') await context.printJson({ forgotten });
        else await context.print(`forgotten: ${forgotten.join(', ')}`);
      });
    });
}

const BECAUSE = { ASKED_FOR: '', MERGED: ' (merged)', SAME_NUMBER: ' (the same number)' } as const;

/** Who is meant, before it is too late. */
function planLines({ kind, registrations, others, goesOn }: ForgettingPlan): string[] {
  return [
    ...registrations.map(
      (one) =>
        `${kind} ${one.id}${BECAUSE[one.because]}: ${one.name === undefined ? 'the name cannot be read' : onOneLine(one.name)}`,
    ),
    ...others.map((other) => `stays: ${kind} ${other} has the same number and is said to be another person`),
    ...goesOn.map((stream) => `goes on: ${stream}`),
  ];
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
