import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { VerifyOptions, VerifyReport } from '../audit/verify/verify.js';
import { verificationDocument } from '../answers/verification/verification-document.js';
import { printPdf } from '../documents/print-pdf.js';
import type { VerificationProtocol } from '../kernel/observability/verification-protocol.js';
import type { Config } from '../kernel/config/config.js';
import { registerOf } from '../kernel/event-sourcing/register-of.js';
import { readCheckpoint, type SignedCheckpoint, writeCheckpoint } from '../kernel/integrity/checkpoint.js';
import { assertLogNotLost, openEventStore } from '../stores/open-stores.js';
import { protocolOf } from '../audit/verify/protocol.js';
import { publicKeyOf, verifyRegister } from '../audit/verify/verify-register.js';
import { contradicts } from '../audit/witness/witness-rounds.js';
import { sealStatus, shownTo, statusesOf } from './seal-status.js';
import type { WitnessKey } from '../kernel/integrity/cosignature.js';
import { newFile, position, witnessKeys } from './arguments.js';
import { CliError, EXIT } from './cli-error.js';
import { accessReportText } from './access-log.verbs.js';
import { verifyAccessLogOf } from '../access-log/verify/verify-access-log-of.js';
import { type Context, formatOption } from './context.js';
import { keptHead } from '../stores/open-heads.js';
import { openNotary } from '../stores/open-notary.js';
import { sealPaths } from '../stores/seal-paths.js';
import { signingOnce } from './signing-once.js';

interface SealArguments {
  readonly out?: string;
  readonly status?: true;
  readonly format: 'text' | 'json';
}

/** `seal`: signs a checkpoint over everything that is in the log now. */
export function addSeal(program: Command, context: Context): void {
  program
    .command('seal')
    .description('sign a checkpoint over all events in the log, to be given to somebody outside')
    .option('--out <file>', 'write the checkpoint there too, with what witnesses signed')
    .option('--status', 'sign nothing; say who has seen which checkpoint')
    .addOption(formatOption('text', 'json'))
    .action(async ({ out, status, format }: SealArguments) => {
      const config = await context.existing();
      if (status) return sealStatus(config, format, context);
      assertLogNotLost(config);
      await withStore(config, false, async (store) => {
        const { notary, close } = await openNotary(config, store, context.clock, signingOnce(config, store, context));
        try {
          const signed = await notary.seal((events) => context.progress(`seal: ${events} events`));
          context.progressDone();
          if (!signed) throw new CliError('the log is empty: there is nothing to seal');
          const shown = await shownTo(config, notary, context.clock, signed);
          if (out !== undefined) writeFileSync(out, writeCheckpoint(shown.signed));
          const { size, root, at, keyId } = signed.checkpoint;
          if (format === 'json') await context.printJson(shown.signed);
          else
            await context.print(
              `${size} events, root ${root}, ${at}, key ${keyId} (public key in ${sealPaths(config).publicKey})`,
            );
          for (const { name, problem } of shown.statuses) if (problem) context.say(`fok: ${name}: ${problem.message}`);
          if (shown.statuses.some(contradicts)) context.exitCode = EXIT.notVerified;
        } finally {
          await close();
        }
      });
    });
}

interface VerifyArguments {
  readonly from?: bigint;
  readonly to?: bigint;
  readonly against?: string;
  readonly publicKey?: string;
  readonly witness: readonly WitnessKey[];
  readonly protocol?: string;
  readonly format: 'text' | 'json';
}

/** `verify`: whether the log is whole and unchanged. Needs neither keys nor views. */
export function addVerify(program: Command, context: Context): void {
  program
    .command('verify')
    .description('verify that no event was changed, removed, inserted, moved or doubled (exit code 4 when one was)')
    .option('--from <position>', 'the first position', position)
    .option('--to <position>', 'the last position', position)
    .option('--against <checkpoint>', 'a checkpoint that somebody else kept')
    .option('--public-key <file>', "the key that checkpoints are signed with (default: the register's)")
    .option(
      '--witness <key>',
      'the key of a witness that must have signed a checkpoint (again for more)',
      witnessKeys,
      [],
    )
    .option('--protocol <file>', 'write the protocol of it there, to be filed; a file that is there is kept', newFile)
    .addOption(formatOption('text', 'json'))
    .action(async (given: VerifyArguments) => {
      const config = await context.existing();
      const startedAt = context.clock.now();
      const [report, register = ''] = await withStore(
        config,
        true,
        async (store) => [await verifyWith(config, store, given, context), await registerOf(store)] as const,
      );
      const accessLog = await verifyAccessLogOf(config);
      if (!report.ok || accessLog?.ok === false) context.exitCode = EXIT.notVerified;
      if (given.protocol !== undefined) {
        const { from, to, publicKey, protocol: file } = given;
        const made = protocolOf(report, {
          register,
          asked: 'COMMAND',
          startedAt,
          endedAt: context.clock.now(),
          part: { from, to },
          checkpoints: [
            config.eventStore === 'memory' ? undefined : (await keptHead(config))?.signed,
            ...(given.against === undefined ? [] : [checkpointIn(given.against)]),
          ],
          key: publicKeyOf(config, publicKey),
          witnesses: statusesOf(config, context.clock),
          needed: config.witnessesNeeded,
          accessLog,
        });
        writeFileSync(file, await protocolFile(made, file), { flag: 'wx' });
      }
      if (given.format === 'json')
        await context.printJson({
          ...report,
          findings: report.findings.map((finding) => ({
            ...finding,
            ...(finding.position === undefined ? {} : { position: String(finding.position) }),
          })),
          ...(accessLog && { accessLog }),
        });
      else
        await context.print(
          [reportText(report, given.against), ...(accessLog ? [accessReportText(accessLog)] : [])].join('\n'),
        );
    });
}

/** A protocol as a PDF for the archive where its file is called one, else as JSON. */
async function protocolFile(protocol: VerificationProtocol, file: string): Promise<string | Uint8Array> {
  return file.toLowerCase().endsWith('.pdf')
    ? printPdf(verificationDocument(protocol, 'a-3a'))
    : `${JSON.stringify(protocol, undefined, 2)}\n`;
}

async function verifyWith(
  config: Config,
  store: VerifyOptions['store'],
  given: VerifyArguments,
  context: Context,
): Promise<VerifyReport> {
  const { from, to, against, publicKey, witness } = given;
  try {
    const report = await verifyRegister(config, store, {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(against === undefined ? {} : { against: checkpointIn(against) }),
      ...(publicKey === undefined ? {} : { publicKey }),
      witnesses: witness,
      onProgress: (done, all) => context.progress(`verify: ${done} of ${all} events`),
    });
    context.progressDone();
    return report;
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message, EXIT.misused);
    throw error;
  }
}

function checkpointIn(file: string): SignedCheckpoint {
  const signed = readCheckpoint(readFileSync(file, 'utf8'));
  if (!signed) throw new CliError(`${file} holds no checkpoint`);
  return signed;
}

function reportText(
  {
    ok,
    checked,
    findings,
    count,
    checkpoint,
    sealed,
    unsealed,
    witnessed = [],
    backwards,
    milliseconds,
    against,
  }: VerifyReport,
  file = '',
): string {
  const seconds = Math.max(milliseconds / 1000, 0.001);
  return [
    `${ok ? 'VERIFIED' : 'NOT VERIFIED'}: ${checked} events in ${seconds.toFixed(1)} s (${Math.round(checked / seconds)}/s)`,
    checkpoint
      ? `${sealed} are under the checkpoint of ${checkpoint.at}; ${unsealed} are not under any yet`
      : `none is under a checkpoint: run fok seal`,
    ...(against
      ? [
          `compared with the checkpoint in ${file}, of ${against.at} over ${against.size} events with root ${against.root}: ${against.agrees ? 'the log begins with these events' : 'the log is not the one that it was signed over'}`,
        ]
      : []),
    ...witnessed.map(({ name, size, at }) => `${name} signed a checkpoint over ${size} events at ${at}`),
    ...(backwards.count > 0
      ? [
          `note: the times of ${backwards.count} events lie up to ${backwards.most / 1000} s before that of one before them: clocks differed; nothing rests on it`,
        ]
      : []),
    ...findings.map(
      ({ code, position: at, event, message }) =>
        `${code}${at === undefined ? '' : ` at position ${at}`}${event === undefined ? '' : `, event ${event}`}: ${message}`,
    ),
    ...(count > findings.length ? [`and ${count - findings.length} more`] : []),
  ].join('\n');
}

async function withStore<T>(
  config: Config,
  readOnly: boolean,
  work: (store: VerifyOptions['store']) => Promise<T>,
): Promise<T> {
  const store = await openEventStore(config, { readOnly });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
