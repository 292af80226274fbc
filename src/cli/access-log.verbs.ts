import { type Command, Option } from 'commander';
import type { AccessLog } from '../access-log/access-log.js';
import { auditEvents } from '../access-log/export/audit-event.js';
import { accessLogIsThere, openAccessLogForReading } from '../access-log/open-access-log.js';
import type { AccessVerifyReport } from '../access-log/verify/verify-access-log.js';
import { verifyAccessLogOf } from '../access-log/verify/verify-access-log-of.js';
import type { Config } from '../kernel/config/config.js';
import { day, id } from './arguments.js';
import { CliError, EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';
import { daySpan } from '../access-log/day-span.js';

interface Asked {
  readonly person?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `access log`, `access export`, `access verify`: what was written down, as it stands there. */
export function addAccessLogVerbs(access: Command, context: Context): void {
  asked(access.command('log').description('who looked at whom, a record a line (NDJSON)')).action((given: Asked) =>
    withLog(context, async (log) => {
      await noteReading(context, 'access.log', given);
      for await (const { record } of log.read(queryOf(given))) await context.printLine(record);
    }),
  );
  asked(access.command('export').description('the same for other programs, one record or event a line'))
    .addOption(
      new Option('--as <form>', 'as records, or as FHIR R4 AuditEvents after IHE BALP')
        .choices(['records', 'fhir'])
        .default('fhir'),
    )
    .action(({ as, ...given }: Asked & { readonly as: 'records' | 'fhir' }) =>
      withLog(context, async (log) => {
        await noteReading(context, 'access.export', given);
        for await (const { record } of log.read(queryOf(given)))
          for (const line of as === 'fhir' ? auditEvents(record) : [record]) await context.printLine(line);
      }),
    );
  access
    .command('verify')
    .description('verify that no record was changed, removed, moved or dated back (exit code 4 when one was)')
    .addOption(formatOption('text', 'json'))
    .action(async ({ format }: { readonly format: 'text' | 'json' }) => {
      const config = context.config();
      mustBeThere(config);
      const report = await verifyAccessLogOf(config);
      if (!report) return;
      if (!report.ok) context.exitCode = EXIT.notVerified;
      if (format === 'json') await context.printJson(report);
      else await context.print(accessReportText(report));
    });
}

/** What `verify` says of an access log. */
export function accessReportText({ ok, checked, sealed, unsealed, disposed, findings }: AccessVerifyReport): string {
  return [
    `${ok ? 'VERIFIED' : 'NOT VERIFIED'}: ${checked} records of the access log`,
    `${sealed} are under a seal; ${unsealed} are not under any yet`,
    ...(disposed > 0 ? [`${disposed} went when their time was over`] : []),
    ...findings.map(
      ({ code, node, n, message }) => `${code}${n === undefined ? '' : ` at record ${n} of ${node ?? ''}`}: ${message}`,
    ),
  ].join('\n');
}

function asked(command: Command): Command {
  return command
    .option('--person <id>', 'about this recipient', id)
    .option('--subject <id>', 'by this reader')
    .option('--from <date>', 'the first day', day)
    .option('--to <date>', 'the last day', day);
}

function queryOf({ person, subject, from, to }: Asked): Parameters<AccessLog['read']>[0] {
  return {
    ...(person === undefined ? {} : { persons: [person] }),
    ...(subject === undefined ? {} : { subject }),
    ...daySpan(from, to),
  };
}

/** The log says who read about whom, so reading it is a look too. */
function noteReading(context: Context, route: string, { person, from }: Asked): Promise<void> {
  return context.lookingAt({
    act: route === 'access.export' ? 'EXPORT' : 'READ',
    route,
    shown: [],
    persons: person === undefined ? [] : { recipient: person },
    on: from,
  });
}

async function withLog(context: Context, work: (log: AccessLog) => Promise<void>): Promise<void> {
  const config = context.config();
  mustBeThere(config);
  const log = await openAccessLogForReading(config);
  try {
    await work(log);
  } finally {
    await log.close();
  }
}

function mustBeThere(config: Config): void {
  if (!accessLogIsThere(config)) throw new CliError('this register keeps no access log: ACCESS_LOG=on begins one');
}
