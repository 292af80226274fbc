import type { Command } from 'commander';
import type { Register } from '../app/register.js';
import { type Names, namesIn } from '../answers/text/names.js';
import { replayOf } from '../answers/timeline/replay.js';
import { GetTimeline, GetTimelineHandler, type TimelineAnswer } from '../answers/timeline/get-timeline.js';
import { replayText } from '../answers/timeline/replay-text.js';
import { timelineText } from '../answers/timeline/timeline-text.js';
import { day, id, instant, position } from './arguments.js';
import { type Context, formatOption } from './context.js';
import type { Look } from './looking.js';

interface Options {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly to?: bigint;
  readonly format: 'text' | 'json';
}

/** What a person's history shows of her. */
const WHOLE_PERSON = { shown: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'] } satisfies Pick<Look, 'shown'>;

/** `timeline`: one person's whole history. */
export function addTimeline(program: Command, context: Context): void {
  program
    .command('timeline')
    .description('the whole history of one recipient')
    .argument('<recipient>', 'id of the recipient', id)
    .option('--as-of <date>', 'what had become true by then (default: today)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .addOption(formatOption('text', 'json'))
    .action(async (recipient: string, { asOf, knownAt, format }: Options) => {
      await context.withAnswers(async (register) => {
        const answer = await new GetTimelineHandler(register).execute(
          new GetTimeline(recipient, context.asked.day(asOf), knownAt),
        );
        await context.lookingAt({
          act: 'READ',
          route: 'recipient.timeline',
          ...WHOLE_PERSON,
          persons: answer,
          knownAt,
          on: asOf,
        });
        if (format === 'json') await context.printJson(answer);
        else await context.print(timelineText(answer, await namesOf(register, answer)));
      });
    });
}

/** `replay`: one step of a person's history, or all of them one after the other. */
export function addReplay(program: Command, context: Context): void {
  program
    .command('replay')
    .description('step through the history of one recipient: before, entry, after, what changed')
    .argument('<recipient>', 'id of the recipient', id)
    .option(
      '--to <position>',
      'the last entry up to this position alone (default: every entry, from the first)',
      position,
    )
    .option('--as-of <date>', 'the day on which the states are told (default: the day of each entry)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .addOption(formatOption('text', 'json'))
    .action(async (recipient: string, { to, asOf, knownAt, format }: Options) => {
      await context.withAnswers(async (register) => {
        const history = await replayOf(register, recipient, knownAt);
        await context.lookingAt({
          act: 'READ',
          route: 'recipient.replay',
          ...WHOLE_PERSON,
          persons: { recipient },
          knownAt,
          on: asOf,
        });
        if (to !== undefined) {
          const answer = await history.stepTo(to, asOf);
          if (format === 'json') return context.printJson(answer);
          return context.print(replayText(answer, await namesIn(register, history.entries, BigInt(answer.position))));
        }
        const names = format === 'json' ? undefined : await namesIn(register, history.entries);
        for await (const answer of history.steps(asOf)) {
          if (names) await context.print(`${replayText(answer, names)}\n\n${'─'.repeat(80)}\n`);
          else await context.printLine(answer);
        }
      });
    });
}

async function namesOf(register: Register, { entries, recipient, position: upTo }: TimelineAnswer): Promise<Names> {
  return namesIn(
    register,
    entries.map(({ eventId, ...entry }) => ({ id: eventId, ...entry })),
    BigInt(upTo),
    [`recipient-${recipient}`],
  );
}
