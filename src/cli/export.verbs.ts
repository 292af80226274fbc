import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { exportStreams } from '../audit/export/export.js';
import { streamsOfController, streamsOfRecipient } from '../audit/export/streams-of.js';
import { type ExportReport, verifyExport } from '../audit/export/verify-export.js';
import { namesIn } from '../answers/text/names.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { Codec } from '../kernel/event-sourcing/codec.js';
import { UnreadableEvent } from '../kernel/event-sourcing/unreadable-event.js';
import type { OpenedEvent } from '../kernel/event-sourcing/event-log.js';
import type { Register } from '../app/register.js';
import { mustExist } from '../judgement/answer-problems.js';
import type { SignedCheckpoint } from '../kernel/integrity/checkpoint.js';
import type { WitnessKey } from '../kernel/integrity/cosignature.js';
import { id, witnessKeys } from './arguments.js';
import { shownTo } from './seal-status.js';
import { CliError, EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';
import { signingOnce } from './signing-once.js';
import { openNotary } from '../stores/open-notary.js';
import { openPerson, secretsIn, secretsOf } from '../judgement/person/opened-person.js';
import { loadPerson } from '../judgement/person/person.js';
import { complianceInTime } from '../answers/compliance/compliance.js';
import { namesInCompliance } from '../answers/compliance/compliance-names.js';
import { episodeInTimeText } from '../answers/compliance/compliance-text.js';
import { historyReads, staffHistories } from '../answers/timeline/staff-histories.js';
import type { BesidePerson } from '../audit/export/beside-person.js';

interface ExportOptions {
  readonly controller?: string;
  readonly out: string;
  readonly format: 'text' | 'json';
}

/** `export`: entries for an inspector, with the proof that they stand in the log. */
export function addExport(program: Command, context: Context): void {
  program
    .command('export')
    .description('export one recipient, or all of a controller, readable and with proofs, as one ZIP file')
    .argument('[recipient]', 'id of the recipient', id)
    .option('--controller <id>', 'everything of this controller instead', id)
    .requiredOption('--out <file>', 'the ZIP file to be made')
    .addOption(formatOption('text', 'json'))
    .action(async (recipient: string | undefined, { controller, out, format }: ExportOptions) => {
      if ((recipient === undefined) === (controller === undefined))
        throw new CliError('name a recipient, or a controller with --controller', EXIT.misused);
      if (existsSync(out)) throw new CliError(`${out} is there already; an export is never written over`);
      const config = await context.existing();
      await context.withAnswers(async (register) => {
        const about = recipient === undefined ? `controller ${controller}` : `recipient ${recipient}`;
        const streams = await streamsAbout(register, recipient, controller);
        const how = signingOnce(config, register.store, context);
        await context.lookingAt({
          act: 'EXPORT',
          route: 'export',
          shown: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
          persons: streams.map((stream) => ({ stream })),
        });
        const { notary, signingKey, close } = await openNotary(config, register.store, context.clock, how);
        try {
          const dependencies = {
            store: register.store,
            keys: register.keys,
            codec: new Codec(eventCatalogue),
            notary,
            signingKey,
            clock: context.clock,
            show: (signed: SignedCheckpoint) => shownTo(config, notary, context.clock, signed),
            secretsIn: (stream: string) => secretsIn(stream, register),
            namesOf: (entries: readonly OpenedEvent[]) => namesIn(register, entries),
          };
          const result = await exportStreams(
            {
              about,
              streams,
              out,
              ...(recipient === undefined ? {} : { beside: (upTo: bigint) => besidePerson(register, recipient, upTo) }),
              onProgress: (entries) => context.progress(`export: ${entries} entries`),
            },
            dependencies,
          );
          context.progressDone();
          if (format === 'json') await context.printJson({ about, out, ...result });
          else
            await context.print(
              `${result.entries} entries of ${result.streams} streams in ${out}, proven against a checkpoint over ${result.checkpointSize} events, key ${result.keyId}`,
            );
        } catch (error) {
          if (error instanceof RangeError) throw new CliError(error.message);
          throw error;
        } finally {
          await close();
        }
      });
    });
}

/** What the person's contacts rest on, and how the rules judge her episodes. */
async function besidePerson(register: Register, recipient: string, upTo: bigint): Promise<BesidePerson> {
  const secret = await secretsOf(recipient, register, register.log);
  const person = await openPerson(await loadPerson(register, recipient, upTo), register.log, secret);
  const reads = historyReads(register, secret, upTo);
  const { histories } = await staffHistories(person, reads);
  const known = histories.flatMap(({ events, told }) => events.filter(({ id }) => told.has(id)));
  const judged: string[] = [];
  for (const episode of person.episodes) {
    const assessment = await reads.assessed(episode).catch(unreadable);
    if (assessment === 'UNREADABLE')
      judged.push(`Omsorgsperioden ${episode} kan inte bedömas: något som bedömningen vilar på kan inte läsas.`);
    if (!assessment || assessment === 'UNREADABLE') continue;
    judged.push(episodeInTimeText(complianceInTime(assessment), await namesInCompliance(register, [assessment], upTo)));
  }
  return { staff: histories, judgement: `${judged.join('\n\n')}\n`, names: await namesIn(register, known, upTo) };
}

/** @throws whatever else went wrong */
function unreadable(error: unknown): 'UNREADABLE' {
  if (error instanceof UnreadableEvent) return 'UNREADABLE';
  throw error;
}

async function streamsAbout(
  register: Register,
  recipient: string | undefined,
  controller: string | undefined,
): Promise<string[]> {
  if (recipient !== undefined) {
    await mustExist(register, 'recipient', recipient);
    return streamsOfRecipient(register.index, recipient);
  }
  await mustExist(register, 'controller', controller ?? '');
  return streamsOfController(register.index, register.log, controller ?? '');
}

interface VerifyExportArguments {
  readonly publicKey?: string;
  readonly witness: readonly WitnessKey[];
  readonly timeStampRoots?: string;
  readonly format: 'text' | 'json';
}

/** `verify-export`: whether an export is as it was made. Needs no register. */
export function addVerifyExport(program: Command, context: Context): void {
  program
    .command('verify-export')
    .description('verify an export with nothing but the file and the public key (exit code 4 when it was changed)')
    .argument('<file>', 'the ZIP file')
    .option('--public-key <file>', 'the public key, from somebody you trust (default: the one in the file)')
    .option('--witness <key>', 'the key of a witness that must have signed (again for more)', witnessKeys, [])
    .option('--time-stamp-roots <file>', 'root certificates (PEM) of the authorities whose time-stamp it must carry')
    .addOption(formatOption('text', 'json'))
    .action(async (file: string, { publicKey, witness, timeStampRoots, format }: VerifyExportArguments) => {
      const read = (path: string | undefined): string | undefined =>
        path === undefined ? undefined : readFileSync(path, 'utf8');
      const roots = read(timeStampRoots);
      const trusted = { keys: witness, ...(roots === undefined ? {} : { roots }) };
      const report = await verifyExport(file, read(publicKey), trusted);
      if (!report.ok) context.exitCode = EXIT.notVerified;
      if (format === 'json') await context.printJson(report);
      else await context.print(reportText(report));
    });
}

function reportText({
  ok,
  problems,
  entries,
  about,
  checkpoint,
  keyId,
  keyIsTrusted,
  witnessed,
}: ExportReport): string {
  return [
    `${ok ? 'VERIFIED' : 'NOT VERIFIED'}: ${about ?? 'unknown'}, ${entries} entries${checkpoint ? `, checkpoint of ${checkpoint.at} over ${checkpoint.size} events` : ''}`,
    keyIsTrusted
      ? `signed with the key you gave (${keyId ?? ''})`
      : `signed with key ${keyId ?? 'unknown'}, which came with the file: compare it with one you trust (--public-key FILE)`,
    ...witnessed.map(({ name, at }) => `${name}: seen at ${at}`),
    ...problems.map(
      ({ file, line, message }) => `${file ?? 'file'}${line === undefined ? '' : ` line ${line}`}: ${message}`,
    ),
  ].join('\n');
}
