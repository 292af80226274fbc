import { type Command, Option } from 'commander';
import { EVERYTHING } from '../access/caller-scope.js';
import { accessLogIsThere, openAccessLogForReading } from '../access-log/open-access-log.js';
import { LogReviews } from '../access-log/reviews/log-reviews.js';
import { type DrawContents, type ToldMonth, toldMonth, toldMonthWhole } from '../access-log/reviews/told-reviews.js';
import { type UnitFacts, unitFacts } from '../answers/current-state/unit-facts.js';
import { today } from '../kernel/time/clock.js';
import { id, month } from './arguments.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface Asked {
  readonly unit?: string;
  readonly month?: string;
  readonly format: 'text' | 'json';
}

/** `access review`: which months of the access log are to be reviewed, what was drawn, what stands out. */
export function addAccessReview(access: Command, context: Context): void {
  access
    .command('review')
    .description('which months of the access log are due, drawn and signed; of a unit and a month what stands out')
    .addOption(new Option('--unit <id>', 'of this unit').argParser(id))
    .addOption(new Option('--month <YYYY-MM>', 'of this month; with --unit also what was looked at').argParser(month))
    .addOption(formatOption('text', 'json'))
    .action((asked: Asked) =>
      context.withAnswers(async (register) => {
        const config = context.config();
        if (config.auth === 'none') throw new CliError('nothing is reviewed where nobody signs in (AUTH=none)');
        if (!accessLogIsThere(config))
          throw new CliError('this register keeps no access log: ACCESS_LOG=on begins one');
        const log = await openAccessLogForReading(config);
        try {
          const told = await asTold(new LogReviews(register, log, config), asked);
          await context.lookingAt({
            act: 'LIST',
            route: 'access.review',
            shown: asked.unit !== undefined && asked.month !== undefined ? ['NAME', 'STATE', 'FREE_TEXT'] : [],
            persons: told,
          });
          if (asked.format === 'json') await context.printJson({ items: told });
          else await context.print(reviewsText(told));
        } finally {
          await log.close();
        }
      }),
    );
}

async function asTold(reviews: LogReviews, { unit, month: asked }: Asked): Promise<ToldMonth[]> {
  const told: ToldMonth[] = [];
  const units = unit === undefined ? await allUnits(reviews) : [await theUnit(reviews, unit)];
  for (const facts of units)
    for (const period of await reviews.monthsOf(facts)) {
      if (asked !== undefined && period.month !== asked) continue;
      const whole = unit !== undefined && asked !== undefined;
      told.push(
        whole ? await toldMonthWhole(reviews, facts, period, EVERYTHING) : await toldMonth(reviews, facts, period),
      );
    }
  return told;
}

async function allUnits(reviews: LogReviews): Promise<UnitFacts[]> {
  const units: UnitFacts[] = [];
  for await (const { facts } of reviews.units()) units.push(facts);
  return units;
}

async function theUnit({ reads }: LogReviews, unit: string): Promise<UnitFacts> {
  const facts = await unitFacts(reads.index.shared, unit, today(reads.clock));
  if (!facts) throw new CliError(`the register has no unit ${unit}`);
  return facts;
}

/** A line a month; of a month with what was drawn, what stands out in it. */
function reviewsText(months: readonly ToldMonth[]): string {
  if (months.length === 0) return 'no month is reviewed yet: the first is the first whole one of the access log';
  return months
    .flatMap(({ month: of, unit, unitName, status, dueOn, draws }) => [
      `${of}  ${status.padEnd(6)}  due ${dueOn}  ${unitName} (${unit})`,
      ...draws.flatMap(({ id: review, method, sample, signed, contents }) => [
        `  ${method} ${sample.join(', ')}  ${signed ? 'signed' : 'not signed'}  ${review}`,
        ...(contents ? contentsLines(contents) : []),
      ]),
    ])
    .join('\n');
}

function contentsLines({ redone, looks, readersLeft, notTried }: DrawContents): string[] {
  const again = redone === undefined ? 'cannot be drawn again: no checkpoint' : redone ? 'the same' : 'ANOTHER SAMPLE';
  return [
    `    drawn again: ${again}; ${looks.length} looks, ${readersLeft} readers left to go through`,
    ...looks
      .filter(({ standsOut }) => standsOut.length > 0)
      .map(
        ({ at, role, reader, readerName, recipient, recipientName, what, standsOut }) =>
          `    ${at}  ${role} ${readerName ?? reader ?? ''}  ${what}  ${recipientName ?? recipient ?? ''}: ${standsOut.map(({ reason }) => reason).join(' ')}`,
      ),
    `    ${notTried}`,
  ];
}
