import type { Command } from 'commander';
import { rebuildViews, viewsFit } from '../judgement/running/rebuild-views.js';
import type { OpenView, RebuildProgress, RebuildResult } from '../judgement/running/projection.js';
import { VIEW_NAMES } from '../judgement/running/stored-views.js';
import { type ProjectionStatus, projectionStatus } from '../judgement/running/status.js';
import type { Register } from '../app/register.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

type Format = { readonly format: 'text' | 'json' };

/** `projections list|status|rebuild|remove`: the views, which version of each answers, and how far it is. */
export function addProjections(program: Command, context: Context): void {
  const projections = program
    .command('projections')
    .description('the views: which version answers, how far it is, building one anew');
  projections
    .command('list')
    .description('the names of the views')
    .addOption(formatOption('text', 'json'))
    .action(async ({ format }: Format) =>
      format === 'json' ? context.printJson(VIEW_NAMES) : context.print(VIEW_NAMES.join('\n')),
    );
  projections
    .command('status')
    .description('version, position and lag of each view')
    .addOption(formatOption('text', 'json'))
    .action(({ format }: Format) =>
      context.withExistingRegister(async (register) => {
        const status = await projectionStatus(register);
        if (format === 'json') await context.printJson(status);
        else for (const one of status) await context.print(statusText(one));
      }),
    );
  projections
    .command('rebuild')
    .description('build a view anew beside the one that answers, and swap; a broken-off rebuild goes on')
    .argument('<name>', VIEW_NAMES.join(' or '))
    .addOption(formatOption('text', 'json'))
    .action((name: string, { format }: Format) =>
      context.withViewsToBuild(async (register) => {
        const results = await rebuild(context, register, viewOf(register, name));
        context.progressDone();
        if (format === 'json') await context.printJson({ ...results[0], position: String(results[0].position) });
        else for (const result of results) await context.print(resultText(result));
      }),
    );
  projections
    .command('remove')
    .description('remove a version that does not answer')
    .argument('<name>', VIEW_NAMES.join(' or '))
    .argument('<version>', 'as status lists it; its hash may be left out')
    .action((name: string, version: string) =>
      context.withExistingRegister(async (register) => {
        const { view } = viewOf(register, name).projection;
        const found = await view.named(version);
        if (found === undefined)
          throw new CliError(
            `there is no version ${version} of ${name}; there are ${(await view.versions()).join(', ')}`,
          );
        await view.remove(found);
      }),
    );
}

type Rebuilt = RebuildResult & { readonly name: string };

/** @throws CliError when there is no view of that name */
function viewOf({ projections }: Register, name: string): OpenView {
  const known = projections.find((view) => view.name === name);
  if (known) return known;
  throw new CliError(
    `there is no view called ${name}; there are ${projections.map((view) => view.name).join(' and ')}`,
  );
}

/** The one that was asked for; behind it the others, when all had to be built. */
async function rebuild(
  context: Context,
  register: Register,
  { name, rebuild: again }: OpenView,
): Promise<[Rebuilt, ...Rebuilt[]]> {
  if (!(await viewsFit(register))) {
    context.say('the views were made from another log than this: all are built anew');
    const all = await rebuildViews(register, (view, done, total) => context.progress(`${view}: ${done} of ${total}`));
    const [asked] = all.filter((one) => one.name === name);
    if (asked) return [asked, ...all.filter((one) => one.name !== name)];
  }
  return [{ ...(await again({ onProgress: (progress) => context.progress(progressText(name, progress)) })), name }];
}

function resultText({ name, version, before, seconds, position }: Rebuilt): string {
  return `${name}: version ${version} answers now (before: ${before}), built in ${seconds.toFixed(1)} s up to position ${position}`;
}

function statusText({ name, version, others, outdated, position, lag, waiting, parked }: ProjectionStatus): string {
  const marks = [
    outdated ? 'made by an older program' : '',
    waiting ? 'episodes wait to be judged' : '',
    parked > 0 ? `${parked} parked` : '',
    others.length > 0 ? `also there: ${others.join(', ')}` : '',
  ].filter(Boolean);
  return `${name}: version ${version}, position ${position}, ${lag} events behind${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`;
}

function progressText(name: string, { done, total, perSecond, secondsLeft }: RebuildProgress): string {
  return `${name}: ${done} of ${total}, ${Math.round(perSecond)}/s${secondsLeft === undefined ? '' : `, ${Math.round(secondsLeft)} s left`}`;
}
