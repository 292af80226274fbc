import type { Command } from 'commander';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { withoutSecrets } from '../judgement/person/secret-identities.js';
import { secretsIn } from '../judgement/person/opened-person.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';
import type { Look } from './looking.js';
import { personsOfStreams } from '../access-log/http/persons-asked-for.js';

const PAGE = 500;

interface ShowOptions {
  readonly stream?: string;
  readonly id?: string;
  readonly after: string;
  readonly limit: string;
  readonly open?: true;
}

/** What opened events show of whom they are about. */
const OPENED = ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'] satisfies Look['shown'];

/** `events show|count`: what lies in the log, as it lies there. */
export function addEvents(program: Command, context: Context): void {
  const events = program.command('events').description('what lies in the log');
  events
    .command('count')
    .description('how many events the log holds')
    .addOption(formatOption('text', 'json'))
    .action(({ format }: { readonly format: 'text' | 'json' }) =>
      context.withRegisterAsItLies(async ({ store }) => {
        const [count, head] = [await store.count(), await store.head()];
        if (format === 'json') await context.printJson({ count, head: String(head) });
        else await context.print(String(count));
      }),
    );
  events
    .command('show')
    .description('events as NDJSON, sealed fields as null unless opened')
    .option('--stream <name>', 'only this stream')
    .option('--id <event>', 'only this event')
    .option('--after <position>', 'only what comes after this position', '0')
    .option('--limit <number>', 'at most so many', '100')
    .option('--open', 'open the sealed fields (personal data), without numbers that are secret')
    .addOption(formatOption('json'))
    .action((options: ShowOptions) =>
      context.withRegisterAsItLies(async (register) => {
        const { store, log } = register;
        const limit = number(options.limit, '--limit');
        let after = BigInt(number(options.after, '--after'));
        const print = async (found: readonly RecordedEvent[]): Promise<void> => {
          if (!options.open) for (const event of found) await context.printLine(plain(event));
          else {
            const persons = await personsOfStreams(new Set(found.map(({ stream }) => stream)), log);
            await context.lookingAt({
              act: 'READ',
              route: 'events.show',
              shown: OPENED,
              persons: { recipients: persons },
            });
            for (const event of await log.open(found))
              await context.printLine(plain(withoutSecrets(event, await secretsIn(event.stream, register))));
          }
        };
        if (options.id !== undefined) {
          const place = (await store.find([options.id])).get(options.id);
          if (!place) throw new CliError(`there is no event ${options.id} in the log`);
          await print(await log.readStream(place.stream, { from: place.revision, limit: 1 }));
        } else if (options.stream !== undefined) {
          await print(
            (await log.readStream(options.stream)).filter(({ position }) => position > after).slice(0, limit),
          );
        } else {
          for (let left = limit; left > 0;) {
            const page = await log.readPage(after, Math.min(PAGE, left));
            if (!page.last) break;
            await print(page.events);
            for (const { error } of page.unreadable) context.say(`fok: ${error}`);
            after = page.last.position;
            left -= page.count;
          }
        }
      }),
    );
}

function number(text: string, option: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new CliError(`${option} takes a whole number`);
  return Number(text);
}

function plain({ correctedTypes: _derived, ...event }: RecordedEvent): unknown {
  return { ...event, revision: String(event.revision), position: String(event.position) };
}
