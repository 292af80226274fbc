import type { Command } from 'commander';
import { rebuildAssessments, rebuildIndex, type RebuildProgress } from '../views/projection/rebuild.js';
import { type ProjectionStatus, projectionStatus } from '../views/projection/status.js';
import type { Register } from '../register/register.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

type Format = { readonly format: 'text' | 'json' };

const NAMES = ['index', 'assessments'] as const;

/** `projections list|status|rebuild|remove`: the views, which version of each answers, and how far it is. */
export function addProjections(program: Command, context: Context): void {
  const projections = program.command('projections').description('the views: which version answers, how far it is, building one anew');
  projections
    .command('list')
    .description('the names of the views')
    .addOption(formatOption('text', 'json'))
    .action(async ({ format }: Format) => (format === 'json' ? context.printJson(NAMES) : context.print(NAMES.join('\n'))));
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
    .argument('<name>', NAMES.join(' or '))
    .addOption(formatOption('text', 'json'))
    .action((name: string, { format }: Format) =>
      context.withExistingRegister(async (register) => {
        const result = await rebuild(register, name, (progress) => context.progress(progressText(name, progress)));
        context.progressDone();
        if (format === 'json') await context.printJson({ ...result, position: String(result.position) });
        else await context.print(`${name}: version ${result.version} answers now (before: ${result.before}), built in ${result.seconds.toFixed(1)} s up to position ${result.position}`);
      }),
    );
  projections
    .command('remove')
    .description('remove a version that does not answer')
    .argument('<name>', NAMES.join(' or '))
    .argument('<version>', 'as status lists it')
    .action((name: string, version: string) =>
      context.withExistingRegister(async (register) => {
        const view = viewOf(register, name);
        const versions = await view.versions();
        if (!versions.includes(version)) throw new CliError(`there is no version ${version} of ${name}; there are ${versions.join(', ')}`);
        await view.remove(version);
      }),
    );
}

function viewOf(register: Register, name: string): Register['index']['view'] {
  if (name === 'index') return register.index.view;
  if (name === 'assessments') return register.projection.view;
  throw new CliError(`there is no view called ${name}; there are ${NAMES.join(' and ')}`);
}

async function rebuild(register: Register, name: string, onProgress: (progress: RebuildProgress) => void): ReturnType<typeof rebuildAssessments> {
  viewOf(register, name);
  if (name === 'index') return rebuildIndex(register.index, { onProgress, total: await register.store.count(), pages: register.judge.pages });
  return rebuildAssessments(register.projection, register.index, register.judge, { onProgress });
}

function statusText({ name, version, others, outdated, position, lag, waiting, parked }: ProjectionStatus): string {
  const marks = [outdated ? 'made by an older program' : '', waiting ? 'episodes wait to be judged' : '', parked > 0 ? `${parked} parked` : '', others.length > 0 ? `also there: ${others.join(', ')}` : ''].filter(Boolean);
  return `${name}: version ${version}, position ${position}, ${lag} events behind${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`;
}

function progressText(name: string, { done, total, perSecond, secondsLeft }: RebuildProgress): string {
  return `${name}: ${done} of ${total}, ${Math.round(perSecond)}/s${secondsLeft === undefined ? '' : `, ${Math.round(secondsLeft)} s left`}`;
}
