import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Register } from '../app/register.js';
import { figureNamed } from '../judgement/figures/figure-names.js';
import { PAGE_LIMITS } from '../answers/http/query-fields.js';
import { compareReports } from '../answers/reports/compare.js';
import { comparisonText, reproductionText } from '../answers/reports/comparison-text.js';
import { FIGURES } from '../judgement/figures/figure-names.js';
import { GetFigureEpisodes, GetFigureEpisodesHandler } from '../answers/reports/get-figure-episodes.js';
import { GetReport, GetReportHandler } from '../answers/reports/get-report.js';
import { GetSeries, GetSeriesHandler } from '../answers/reports/get-series.js';
import { markLines } from '../answers/labels.js';
import { PrintReport, PrintReportHandler, type ReportFileKind } from '../answers/reports/print-report.js';
import { reportCsv } from '../answers/reports/report-csv.js';
import type { ReportScope } from '../answers/reports/report-scope.js';
import { reportTable } from '../answers/reports/report-table.js';
import { seriesTable } from '../answers/reports/series-table.js';
import { readReportFile, reproduce } from '../answers/reports/reproduce.js';
import { resolveEntries } from '../compliance-rules/index.js';
import { controllerState } from '../answers/current-state/unit-state.js';
import { onOneLine } from '../kernel/safe-text.js';
import { day, id, instant } from './arguments.js';
import { CliError, EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface Options {
  readonly on?: string;
  readonly knownAt?: string;
  readonly controller?: string;
  readonly unit?: string;
  readonly figure?: string;
  readonly reproduce?: string;
  readonly compare?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly details?: true;
  readonly since?: string;
  readonly archive?: true;
  readonly format: 'table' | 'json' | 'csv' | 'pdf' | 'xlsx';
}

/**
 * `report`: the supervisory report, who is behind a figure, a saved report made again, two knowledge times compared.
 */
export function addReport(program: Command, context: Context): void {
  program
    .command('report')
    .description('the supervisory report of a controller')
    .option('--on <date>', 'the day that is reported (default: today)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .option('--controller <id>', 'whose report (default: the only one)', id)
    .option('--unit <id>', 'one unit only', id)
    .addOption(new Option('--figure <name>', 'who is behind a figure').choices(FIGURES.map(({ name }) => name)))
    .option(
      '--reproduce <file>',
      'make a saved report (JSON, or a PDF of --archive) again and tell whether it is the same',
    )
    .option('--compare <instants...>', 'what changed between two knowledge times T1 T2')
    .option(
      '--from <date>',
      'with --to: the totals over time, on this day and the same day of every month after it',
      day,
    )
    .option('--to <date>', 'the last day of the totals over time', day)
    .option('--details', 'with --from and --to: lead times and late registrations too')
    .option('--since <instant>', 'in a document: what changed since that knowledge too', instant)
    .option('--archive', 'with --format pdf: PDF/A-3a with the answer inside, for the archive')
    .addOption(formatOption('table', 'json', 'csv', 'pdf', 'xlsx'))
    .action(async (options: Options) => {
      if (options.reproduce !== undefined) return madeAgain(context, options.reproduce, options.format);
      await context.withAnswers(async (register) => {
        const scope = {
          controller: options.controller ?? (await onlyController(register)),
          ...(options.unit === undefined ? {} : { unit: options.unit }),
        };
        if (options.from !== undefined || options.to !== undefined) return overTime(context, register, scope, options);
        if (options.compare !== undefined) return compared(context, register, scope, options);
        if (options.figure !== undefined) return behind(context, register, scope, options.figure, options);
        await whole(context, register, scope, options);
      });
    });
}

async function whole(context: Context, register: Register, scope: ReportScope, options: Options): Promise<void> {
  const { format, archive } = options;
  if (format === 'xlsx') return document(context, register, scope, 'xlsx', options);
  if (format === 'pdf') return document(context, register, scope, archive ? 'a-3a' : 'ua-1', options);
  const report = await new GetReportHandler(register).execute(
    new GetReport(scope, context.asked.day(options.on), options.knownAt),
  );
  if (options.format === 'json') await context.printJson(report);
  else if (options.format === 'csv') await context.printFile(withoutLineFeed(reportCsv(report)));
  else await context.print(reportTable(report, context.width));
}

async function document(
  context: Context,
  register: Register,
  scope: ReportScope,
  kind: ReportFileKind,
  { on, knownAt, since }: Options,
): Promise<void> {
  const day = context.asked.day(on);
  const { name, bytes } = await new PrintReportHandler(register).execute(
    new PrintReport(kind, scope, day, knownAt, since),
  );
  await context.lookingAt({
    act: kind === 'ua-1' ? 'PRINT' : 'EXPORT',
    route: 'report.supervision',
    shown: [],
    persons: [],
    knownAt,
    on: day,
  });
  await context.printBytes(bytes, name);
}

/** Printing ends with a line feed of its own; the carriage return before it stays, as on every other line. */
function withoutLineFeed(csv: string): string {
  return csv.replace(/\n$/, '');
}

async function overTime(
  context: Context,
  register: Register,
  scope: ReportScope,
  { from, to, details, knownAt, format }: Options,
): Promise<void> {
  if (from === undefined || to === undefined) throw new CliError('name both --from and --to', EXIT.misused);
  if (format !== 'json' && format !== 'table')
    throw new CliError('totals over time are told as table or json', EXIT.misused);
  const series = await new GetSeriesHandler(register).execute(new GetSeries(scope, from, to, knownAt, details));
  if (format === 'json') await context.printJson(series);
  else await context.print(seriesTable(series, context.width));
}

async function behind(
  context: Context,
  register: Register,
  scope: ReportScope,
  figure: string,
  options: Options,
): Promise<void> {
  if (options.format !== 'json' && options.format !== 'table')
    throw new CliError('a figure is told as table or json', EXIT.misused);
  const handler = new GetFigureEpisodesHandler(register);
  const on = context.asked.day(options.on);
  const knownAt = options.knownAt;
  const episodes: { readonly episode: string; readonly recipient: string; readonly unit: string }[] = [];
  let cursor: string | undefined;
  for (;;) {
    const {
      episodes: page,
      next,
      ...about
    } = await handler.execute(
      new GetFigureEpisodes(
        figure,
        scope,
        on,
        { limit: PAGE_LIMITS.most, ...(cursor === undefined ? {} : { cursor }) },
        knownAt,
      ),
    );
    episodes.push(...page);
    cursor = next;
    if (cursor !== undefined) continue;
    await context.lookingAt({
      act: 'LIST',
      route: 'report.episodes',
      shown: ['STATE'],
      persons: episodes,
      knownAt,
      on,
    });
    if (options.format === 'json') return context.printJson({ ...about, episodes });
    await context.print(
      [`${figureNamed(figure)?.label ?? figure} (${figure}), ${on}: ${about.count}`, ...markLines(about)].join('\n'),
    );
    for (const { episode, recipient, unit } of episodes)
      await context.print(`omsorgsperiod ${episode}  omsorgstagare ${recipient}  enhet ${unit}`);
    return;
  }
}

async function compared(context: Context, register: Register, scope: ReportScope, options: Options): Promise<void> {
  const [first, second, ...more] = (options.compare ?? []).map(instant);
  if (first === undefined || second === undefined || more.length > 0)
    throw new CliError('--compare takes two instants, T1 and T2', EXIT.misused);
  if (options.format !== 'json' && options.format !== 'table')
    throw new CliError('a comparison is told as table or json', EXIT.misused);
  const comparison = await compareReports(register, scope, context.asked.day(options.on), first, second);
  if (options.format === 'json') await context.printJson(comparison);
  else await context.print(comparisonText(comparison));
}

async function madeAgain(context: Context, file: string, format: Options['format']): Promise<void> {
  const saved = readReportFile(readFileSync(file));
  await context.withAnswers(async (register) => {
    const reproduction = await reproduce(register, saved);
    if (!reproduction.identical) context.exitCode = EXIT.failed;
    if (format === 'json') await context.printJson(reproduction);
    else await context.print(reproductionText(reproduction));
  });
}

/** @throws CliError when there is none, or more than one: then it names them */
async function onlyController(register: Register): Promise<string> {
  const controllers = await register.index.streams('controller', { limit: 100 });
  const [only, ...others] = controllers;
  if (only === undefined)
    throw new CliError('the register knows no controller yet; import a history first (fok import FILE)');
  if (others.length === 0) return only;
  const named = await Promise.all(
    controllers.map(
      async (controller) =>
        `${controller} ${onOneLine(String(controllerState(resolveEntries(await register.streams.read(`controller-${controller}`)), '9999-12-31')['name'] ?? ''))}`,
    ),
  );
  throw new CliError(
    `the register has several controllers; name one with --controller ID:\n${named.map((name) => `  ${name}`).join('\n')}`,
    EXIT.misused,
  );
}
