import { accessSync, constants, statSync } from 'node:fs';
import type { Command } from 'commander';
import { importHistory, type ImportProgress, type ImportResult } from '../import/import-history.js';
import { isPipe } from '../import/line-reader.js';
import { assertRejectFile } from '../import/reject-files.js';
import { CliError, EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface Options {
  readonly source: string;
  readonly dryRun?: boolean;
  readonly withAccess?: boolean;
  readonly rejectFile?: string;
  readonly format: 'text' | 'json';
}

/** Where rejected lines of a pipe go, in the folder that the verb is started in: nothing can lie beside a pipe. */
const PIPED_REJECTS = 'import.rejects.ndjson';

/** `import`: a history file into the register (contract §2). */
export function addImport(program: Command, context: Context): void {
  program
    .command('import')
    .description('import a history file (NDJSON, gzip accepted); importing it again adds nothing twice')
    .argument('<file>', 'the history; a pipe may be named too, and - is standard input')
    .option('--source <name>', 'whose refs these are', 'import')
    .option('--dry-run', 'tell what would happen and write nothing; reasons for rejected lines go to standard error')
    .option(
      '--reject-file <file>',
      `where the reasons for rejected lines go (default: <file>.rejects.ndjson; of a pipe, ${PIPED_REJECTS})`,
    )
    .option(
      '--with-access',
      'take in also what decides who may see what: grants, inspections, linked sign-ins, narrowed access; with AUTH=oidc, managers and HSA ids too',
    )
    .addOption(formatOption('text', 'json'))
    .action(async (file: string, { source, dryRun = false, withAccess, rejectFile: given, format }: Options) => {
      if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
        throw new CliError(`${file} is a folder; name a history file`);
      const piped = isPipe(file);
      if (!piped) accessSync(file, constants.R_OK);
      const rejectFile = given ?? (piped ? PIPED_REJECTS : `${file}.rejects.ndjson`);
      if (!dryRun) assertRejectFile(rejectFile, file);
      await (dryRun ? context.withScratchRegister : context.withRegister).call(context, async (register) => {
        const started = Date.now();
        const result = await importHistory(register, {
          file,
          source,
          dryRun,
          rejectFile,
          leave: withAccess ? 'ALL' : context.config().auth === 'oidc' ? 'NONE' : 'CONTRACT',
          onRejected: (rejected) => {
            context.progressDone();
            context.say(JSON.stringify(rejected));
          },
          onSameNumber: ({ line, ref, recipient, registered }) => {
            context.progressDone();
            context.say(
              `fok: line ${line} (${ref}): recipient ${recipient} has the number of ${registered}, who was registered before`,
            );
          },
          onProgress: (progress) => context.progress(progressText(progress, started)),
        });
        context.progressDone();
        if (!dryRun) await context.bringUpToDate(register);
        context.exitCode = exitCodeOf(result);
        if (result.lines === 0 && !result.brokenOff) context.say(`fok: ${file} is empty: nothing was delivered`);
        if (result.brokenOff) context.say(brokenOffText(file, result.brokenOff));
        if (format === 'json') await context.printJson({ dryRun, ...result });
        else await context.print(resultText(result, dryRun, Date.now() - started));
      });
    });
}

function exitCodeOf({ lines, rejected, brokenOff }: ImportResult): number {
  // Nothing came: whoever waits for a delivery must not take it for one that was in already.
  if (lines === 0) return EXIT.failed;
  return brokenOff || rejected > 0 ? EXIT.someRejected : EXIT.done;
}

function brokenOffText(file: string, { afterLine, reason }: NonNullable<ImportResult['brokenOff']>): string {
  const read =
    afterLine === 0
      ? 'no line could be read'
      : `the lines up to line ${afterLine} were read, what follows was not: import the whole file again, nothing is added twice`;
  return `fok: ${file} ends in the middle (${reason}); ${read}`;
}

function progressText({ lines, bytesRead, bytesTotal }: ImportProgress, started: number): string {
  const seconds = Math.max((Date.now() - started) / 1000, 0.001);
  const rate = Math.round(lines / seconds);
  const left =
    bytesRead === 0 || bytesTotal === undefined
      ? ''
      : `, ${Math.round((seconds * (bytesTotal - bytesRead)) / bytesRead)} s left`;
  return `import: ${lines} lines, ${rate}/s${left}`;
}

function resultText(
  { lines, imported, skipped, sameNumber, rejected, rejectedByCode, rejectFiles }: ImportResult,
  dryRun: boolean,
  milliseconds: number,
): string {
  return [
    `${lines} lines: ${imported} ${dryRun ? 'would be imported' : 'imported'}, ${skipped} there already, ${rejected} rejected (${(milliseconds / 1000).toFixed(1)} s)`,
    ...Object.entries(rejectedByCode).map(([code, number]) => `  ${code}: ${number}`),
    ...(sameNumber === undefined
      ? []
      : [
          `  ${sameNumber} register somebody whose number another registration has: merge the two, or say with anotherPerson why they are not one`,
        ]),
    ...(rejectFiles ? [`reasons in ${rejectFiles.reasons}, lines to mend in ${rejectFiles.lines}`] : []),
  ].join('\n');
}
