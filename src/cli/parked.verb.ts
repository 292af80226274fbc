import type { Command } from 'commander';
import type { AssessmentProjection } from '../judgement/assessments/assessment-projection.js';
import type { ParkedEpisode } from '../judgement/assessments/parking.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

type Format = { readonly format: 'text' | 'json' };

/** An episode that is parked, and the version of the assessments it is parked in. */
interface Parked extends ParkedEpisode {
  readonly version: string;
  /** False for the version that a rebuild has begun and not finished. */
  readonly answers: boolean;
}

/**
 * `parked list|show|retry|skip`: episodes that could not be judged, in the version that answers and in one that is
 * being built, and what is done about them.
 */
export function addParked(program: Command, context: Context): void {
  const parked = program
    .command('parked')
    .description('episodes that could not be judged, in the version that answers and in one that is being built');
  parked
    .command('list')
    .description('all of them, in order of episode; those of the version that answers first')
    .addOption(formatOption('text', 'json'))
    .action(({ format }: Format) =>
      context.withExistingRegister(async ({ projection }) => {
        const all = (await Promise.all((await versionsOf(projection)).map(parkedIn))).flat();
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
      context.withExistingRegister(async ({ projection }) =>
        show(context, await inEach(projection, episode, async (_, found) => found), format),
      ),
    );
  parked
    .command('retry')
    .description('judge it again now')
    .argument('<episode>')
    .addOption(formatOption('text', 'json'))
    .action((episode: string, { format }: Format) =>
      context.withAnswers(async ({ projection }) => {
        const tried = await inEach(projection, episode, async (version, before) => {
          await version.takeOver();
          const still = await version.retry(episode);
          return still && { ...before, ...still };
        });
        const still = tried.filter((one) => one !== undefined);
        if (still.length > 0) {
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
        const skipped = await inEach(projection, episode, async (version, before) => {
          await version.takeOver();
          return { ...before, ...(await version.skip(episode, reason)) };
        });
        await show(context, skipped, format);
        if (skipped.some(({ answers }) => !answers))
          context.say('fok projections rebuild assessments goes on with the version that is being built');
      }),
    );
}

/** The version that answers, then the one that is being built, if there is one. */
async function versionsOf(
  projection: AssessmentProjection,
): Promise<{ readonly version: AssessmentProjection; readonly answers: boolean }[]> {
  const building = await projection.building();
  return [{ version: projection, answers: true }, ...(building ? [{ version: building, answers: false }] : [])];
}

async function parkedIn({
  version,
  answers,
}: {
  readonly version: AssessmentProjection;
  readonly answers: boolean;
}): Promise<Parked[]> {
  return (await version.parked()).map((parked) => ({ ...parked, version: version.version.version, answers }));
}

/** Does something about an episode in each version in which it is parked. @throws CliError when it is in none */
async function inEach<T>(
  projection: AssessmentProjection,
  episode: string,
  work: (version: AssessmentProjection, parked: Parked) => Promise<T>,
): Promise<T[]> {
  const done: T[] = [];
  for (const each of await versionsOf(projection)) {
    const found = (await parkedIn(each)).find((one) => one.episode === episode);
    if (found) done.push(await work(each.version, found));
  }
  if (done.length === 0) throw new CliError(`episode ${episode} is not parked`);
  return done;
}

/** As JSON the first, that of the version that answers if it is parked there, with the other beside it. */
async function show(context: Context, parked: readonly Parked[], format: 'text' | 'json'): Promise<void> {
  const [first, ...others] = parked;
  if (format === 'json') await context.printJson({ ...first, ...(others.length > 0 ? { others } : {}) });
  else await context.print(parked.map(lineOf).join('\n'));
}

function lineOf({ episode, version, answers, since, tries, error, skipped }: Parked): string {
  return `${episode}  version ${version}${answers ? '' : ' (being built)'}, since ${since}, tried ${tries} times: ${error}${skipped === null ? '' : `  (skipped: ${skipped})`}`;
}
