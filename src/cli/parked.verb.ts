import type { Command } from 'commander';
import type { ParkedEpisode } from '../views/projection/parking.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

type Format = { readonly format: 'text' | 'json' };

/** `parked list|show|retry|skip`: episodes that could not be judged, and what is done about them. */
export function addParked(program: Command, context: Context): void {
  const parked = program.command('parked').description('episodes that could not be judged');
  parked
    .command('list')
    .description('all of them, in order of episode')
    .addOption(formatOption('text', 'json'))
    .action(({ format }: Format) =>
      context.withExistingRegister(async (register) => {
        const all = await register.projection.parked();
        if (format === 'json') await context.printJson(all);
        else await context.print(all.length === 0 ? 'nothing is parked' : all.map(lineOf).join('\n'));
      }),
    );
  parked
    .command('show')
    .description('one of them')
    .argument('<episode>')
    .addOption(formatOption('text', 'json'))
    .action((episode: string, { format }: Format) =>
      context.withExistingRegister(async (register) => {
        const found = (await register.projection.parked()).find((one) => one.episode === episode);
        if (!found) throw notParked(episode);
        await show(context, found, format);
      }),
    );
  parked
    .command('retry')
    .description('judge it again now')
    .argument('<episode>')
    .addOption(formatOption('text', 'json'))
    .action((episode: string, { format }: Format) =>
      context.withAnswers(async ({ projection }) => {
        if (!(await projection.parked()).some((one) => one.episode === episode)) throw notParked(episode);
        await projection.takeOver();
        const still = await projection.retry(episode);
        if (still) {
          await show(context, still, format);
          throw new CliError(`episode ${episode} still cannot be judged`);
        }
        if (format === 'json') await context.printJson({ episode, judged: true });
        else await context.print(`episode ${episode} was judged`);
      }),
    );
  parked
    .command('skip')
    .description('go on without it; the reason is kept, and answers that show it stay marked')
    .argument('<episode>')
    .requiredOption('--reason <text>', 'why, without personal data')
    .addOption(formatOption('text', 'json'))
    .action((episode: string, { reason, format }: Format & { readonly reason: string }) =>
      context.withAnswers(async ({ projection }) => {
        if (reason.trim() === '') throw new CliError('--reason must say why');
        await projection.takeOver();
        const skipped = await projection.skip(episode, reason);
        if (!skipped) throw notParked(episode);
        await show(context, skipped, format);
      }),
    );
}

function notParked(episode: string): CliError {
  return new CliError(`episode ${episode} is not parked`);
}

async function show(context: Context, parked: ParkedEpisode, format: 'text' | 'json'): Promise<void> {
  if (format === 'json') await context.printJson(parked);
  else await context.print(lineOf(parked));
}

function lineOf({ episode, since, tries, error, skipped }: ParkedEpisode): string {
  return `${episode}  since ${since}, tried ${tries} times: ${error}${skipped === null ? '' : `  (skipped: ${skipped})`}`;
}
