import { type Command, Option } from 'commander';
import { checkRegister, type CheckReport } from '../audit/check/check-register.js';
import { serverWarningsOf } from '../stores/warnings.js';
import { count } from './arguments.js';
import { EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';

/**
 * So many entries, and the episodes they belong to, show whether something is wrong everywhere; a single wrong row
 * needs `--all`.
 */
const SAMPLE = 1_000;

interface CheckArguments {
  readonly sample: number;
  readonly all?: true;
  readonly format: 'text' | 'json';
}

/** `check`: is the register whole, and do its parts fit together. */
export function addCheck(program: Command, context: Context): void {
  program
    .command('check')
    .description(
      'verify the log, open what it seals with the keys, compare the views with a fresh judgement of the log',
    )
    .option('--sample <n>', 'how many entries are opened and judged anew, taken from all over the log', count, SAMPLE)
    .addOption(
      new Option('--all', 'open and judge all of them, and compare every row of the views').conflicts('sample'),
    )
    .addOption(formatOption('text', 'json'))
    .action(async ({ sample, all, format }: CheckArguments) => {
      const config = await context.existing();
      const report = await checkRegister(config, {
        extent: all ? { all } : { sample, random: Math.random },
        withRegister: (work) => context.withAnswers(work),
        onProgress: (what, done) => context.progress(`check: ${what}, ${done} done`),
      });
      context.progressDone();
      if (!report.ok) context.exitCode = EXIT.notVerified;
      if (format === 'json')
        await context.print(
          JSON.stringify(report, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2),
        );
      else await context.print(reportText(report));
      for (const warning of await serverWarningsOf(config)) context.say(`fok: ${warning}`);
    });
}

function reportText({ ok, log, keys, views, findings, count: found }: CheckReport): string {
  const logFindings = log?.findings ?? [];
  return [
    ok ? 'WHOLE: nothing was found' : `NOT WHOLE: ${found + (log?.count ?? 0)} findings`,
    log && `log: ${log.checked} events verified, ${log.sealed} of them under a checkpoint`,
    keys && `keys: ${keys.opened} events opened, of which ${keys.destroyed} are of persons who were forgotten`,
    views &&
      `views: ${views.indexRows} rows of the index and ${views.episodes.compared} episodes compared${views.episodes.late > 0 ? `; ${views.episodes.late} wait to be judged again` : ''}`,
    ...[...logFindings, ...findings].map(({ code, message }) => `${code}: ${message}`),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}
