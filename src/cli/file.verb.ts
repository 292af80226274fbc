import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { fileDocument } from '../answers/file/file-document.js';
import { recipientFile } from '../answers/file/recipient-file.js';
import { printPdf } from '../documents/print-pdf.js';
import { day, id, instant, newFile } from './arguments.js';
import { CliError, EXIT } from './cli-error.js';
import type { Context } from './context.js';
import { evidenceAtRest } from './seal-status.js';

interface Options {
  readonly on?: string;
  readonly knownAt?: string;
  readonly out?: string;
  readonly archive?: true;
  readonly format: 'json' | 'pdf';
}

/** `file`: all that the register has about one person, to leave the register. */
export function addFile(program: Command, context: Context): void {
  program
    .command('file')
    .description('the file of one recipient: state, whole history, judgement over time, contacts, and what proves it')
    .argument('<recipient>', 'id of the recipient', id)
    .option('--on <date>', 'the day on which the state is told (default: today)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .option('--out <file>', 'the file to be made; needed for a PDF', newFile)
    .option('--archive', 'with --format pdf: PDF/A-3a with the answer inside, for the archive')
    .addOption(new Option('--format <format>', 'form of the answer').choices(['json', 'pdf']).default('json'))
    .action(async (recipient: string, { on, knownAt, out, archive, format }: Options) => {
      if (format === 'pdf' && out === undefined)
        throw new CliError('name the PDF that is to be made: --out FILE', EXIT.misused);
      const evidence = await evidenceAtRest(await context.existing(), context.clock);
      await context.withAnswers(async (register) => {
        const asked = { recipient, on: context.asked.day(on), knownAt };
        const file = await recipientFile(register, evidence, asked);
        const printed = format === 'pdf' && !archive;
        const pdf = format === 'pdf' ? await printPdf(fileDocument(file, archive ? 'a-3a' : 'ua-1')) : undefined;
        await context.lookingAt({
          act: printed ? 'PRINT' : 'EXPORT',
          route: 'recipient.file',
          shown: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
          persons: file,
          knownAt,
          on,
        });
        if (out === undefined) return context.printJson(file);
        writeFileSync(out, pdf ?? `${JSON.stringify(file, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 });
      });
    });
}
