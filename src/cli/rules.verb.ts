import type { Command } from 'commander';
import { rulesText } from '../answers/compliance/compliance-text.js';
import { rulesAnswer } from '../answers/compliance/rules-answer.js';
import { day } from './arguments.js';
import { type Context, formatOption } from './context.js';

/** `rules`: the catalogue; it needs no register. */
export function addRules(program: Command, context: Context): void {
  program
    .command('rules')
    .description('the rules by which a day is judged: text, legal basis, validity, parameters')
    .option('--on <date>', 'the day (default: today)', day)
    .addOption(formatOption('text', 'json'))
    .action(async ({ on, format }: { readonly on?: string; readonly format: 'text' | 'json' }) => {
      const answer = rulesAnswer(context.asked.day(on));
      if (format === 'json') await context.printJson(answer);
      else await context.print(rulesText(answer));
    });
}
