import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RightsEvent, RightsFound } from '../kernel/event-store/eventstoredb/server-rights.js';
import { serverPlace } from '../stores/open-stores.js';
import { CliError, EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface PrepareArguments {
  readonly group: string;
  readonly apply?: true;
  readonly replace?: true;
  readonly format: 'text' | 'json';
}

/** `eventstore prepare`: the rights that the register needs on its server, and nobody else may have. */
export function addEventStore(program: Command, context: Context): void {
  program
    .command('eventstore')
    .description('the server of the log')
    .command('prepare')
    .description("tell which rights the register's streams need on the server, and what stands there instead")
    .option('--group <name>', "the group of the register's user", groupName, 'register')
    .option('--apply', 'write what is not in force; EVENTSTORE_URL names an administrator then')
    .addOption(new Option('--replace', 'also where other rights stand').implies({ apply: true }))
    .addOption(formatOption('text', 'json'))
    .action(async ({ group, apply, replace, format }: PrepareArguments) => {
      const config = context.config();
      if (config.eventStore !== 'eventstoredb')
        throw new CliError('the log is on no server: EVENT_STORE=eventstoredb names one');
      const { applyRights, lookAtRights } = await import('../kernel/event-store/eventstoredb/server-rights.js');
      const place = serverPlace(config);
      const written = apply ? await applyRights(place, group, replace ?? false) : [];
      const found = await lookAtRights(place, group);
      if (found.some(({ state }) => state !== 'IN_FORCE')) context.exitCode = EXIT.failed;
      if (format === 'json') await context.printJson({ group, written, found });
      else for (const line of lines(written, found)) await context.print(line);
    });
}

function lines(written: readonly RightsEvent[], found: readonly RightsFound[]): string[] {
  return [
    ...written.map(({ stream }) => `written to ${stream}`),
    ...found.flatMap(({ wanted, state, there }) => [
      `stream ${wanted.stream}  type ${wanted.type}  ${JSON.stringify(wanted.data)}`,
      `  ${state === 'ABSENT' ? DELIVERED[wanted.stream] : STATES[state]}${there === undefined ? '' : `: ${JSON.stringify(there)}`}`,
    ]),
  ];
}

/** What holds where nothing was set. */
const DELIVERED: Readonly<Record<RightsEvent['stream'], string>> = {
  $settings: 'not there: as delivered, every user may write to and delete every stream',
  $$$all: 'not there: as delivered, only administrators may read the whole log',
};

const STATES: Readonly<Record<Exclude<RightsFound['state'], 'ABSENT'>, string>> = {
  IN_FORCE: 'in force',
  OTHER: 'other rights stand there',
  HIDDEN: 'this user may not look, as it should be for the register: ask as an administrator',
};

function groupName(value: string): string {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,49}$/.test(value)) return value;
  throw new InvalidArgumentError('must begin with a letter and hold letters, digits, _ and -, at most 50');
}
