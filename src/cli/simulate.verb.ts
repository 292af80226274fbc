import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { writeHistory } from '../simulation/simulate.js';
import { count, day } from './arguments.js';
import { CliError, EXIT } from './cli-error.js';
import type { Context } from './context.js';

interface Options {
  readonly recipients: number;
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  readonly withAccess?: boolean;
  readonly out?: string;
}

/** `simulate`: a municipality's history in the history format; the same seed gives the same file everywhere. */
export function addSimulate(program: Command, context: Context, stdout: Writable): void {
  program
    .command('simulate')
    .description("write a simulated municipality's history, to be imported")
    .requiredOption('--recipients <n>', 'how many people are registered over the whole period', count)
    .requiredOption('--from <date>', 'first day', day)
    .requiredOption('--to <date>', 'last day', day)
    .requiredOption('--seed <text>', 'the same seed gives the same history')
    .option('--with-access', 'also who may see what: grants, sign-ins, inspections (import them with --with-access)')
    .option('--out <file>', 'where to write it (default: standard output)')
    .action(async ({ out, ...options }: Options) => {
      const target = out === undefined ? stdout : createWriteStream(out);
      try {
        const lines = await writeHistory(options, target);
        if (out !== undefined) {
          target.end();
          await finished(target);
        }
        context.say(`${lines} lines${out === undefined ? '' : ` in ${out}`}`);
      } catch (error) {
        if (error instanceof RangeError) throw new CliError(error.message, EXIT.misused);
        throw error;
      }
    });
}
