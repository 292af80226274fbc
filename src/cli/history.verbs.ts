import type { Command } from 'commander';
import { GetReplay, GetReplayHandler } from '../answers/timeline/get-replay.js';
import { GetTimeline, GetTimelineHandler } from '../answers/timeline/get-timeline.js';
import { replayText } from '../answers/timeline/replay-text.js';
import { timelineText } from '../answers/timeline/timeline-text.js';
import { day, id, instant, position } from './arguments.js';
import { type Context, formatOption } from './context.js';

interface Options {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly to?: bigint;
  readonly format: 'text' | 'json';
}

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
        if (format === 'json') await context.printJson(answer);
        else await context.print(timelineText(answer));
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
        const handler = new GetReplayHandler(register);
        const step = (at: bigint) => handler.execute(new GetReplay(recipient, at, asOf, knownAt));
        if (to !== undefined) {
          const answer = await step(to);
          return format === 'json' ? context.printJson(answer) : context.print(replayText(answer));
        }
        for (const at of await positionsOf(register, recipient, knownAt)) {
          const answer = await step(at);
          if (format === 'json') await context.printLine(answer);
          else await context.print(`${replayText(answer)}\n\n${'─'.repeat(80)}\n`);
        }
      });
    });
}

/** The positions of a person's entries in the order in which they became known. */
async function positionsOf(
  register: ConstructorParameters<typeof GetTimelineHandler>[0],
  recipient: string,
  knownAt: string | undefined,
): Promise<bigint[]> {
  const { entries } = await new GetTimelineHandler(register).execute(new GetTimeline(recipient, '9999-12-31', knownAt));
  return entries.map((entry) => BigInt(entry.position)).sort((a, b) => (a < b ? -1 : 1));
}
