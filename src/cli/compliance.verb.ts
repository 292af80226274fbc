import type { Command } from 'commander';
import type { EpisodeAssessment } from '../compliance-rules/model.js';
import { dayOf } from '../kernel/time/day.js';
import type { Register } from '../app/register.js';
import { mustExist, unknown } from '../judgement/answer-problems.js';
import { complianceInTime, complianceOn } from '../answers/compliance/compliance.js';
import { episodeInTimeText, episodeOnDayText } from '../answers/compliance/compliance-text.js';
import { everyEpisode } from '../answers/compliance/every-episode.js';
import { namesInCompliance } from '../answers/compliance/compliance-names.js';
import { assessmentsOfPerson, GetCompliance, GetComplianceHandler } from '../answers/compliance/get-compliance.js';
import { loadPerson } from '../judgement/person/person.js';
import { shown } from '../answers/answer.js';
import { markLines } from '../answers/labels.js';
import { day, id, instant } from './arguments.js';
import { CliError, EXIT } from './cli-error.js';
import { type Context, formatOption } from './context.js';
import type { Look } from './looking.js';

interface Options {
  readonly all?: boolean;
  readonly on?: string;
  readonly segments?: boolean;
  readonly knownAt?: string;
  readonly format: 'text' | 'json';
}

/** What a judgement shows of a person. */
const JUDGED = { shown: ['STATE'] } satisfies Pick<Look, 'shown'>;

/** `compliance`: how the rules judge a recipient, an episode, or every episode. */
export function addCompliance(program: Command, context: Context): void {
  program
    .command('compliance')
    .description('how the rules judge one recipient, one episode, or all episodes (as NDJSON)')
    .argument('[id]', 'id of a recipient or of an episode', id)
    .option('--all', 'every episode, a line each, in order of id')
    .option('--on <date>', 'the day that is judged (default: today)', day)
    .option('--segments', 'over all time instead of one day')
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .addOption(formatOption('text', 'json'))
    .action(async (given: string | undefined, options: Options) => {
      if ((given === undefined) !== (options.all === true))
        throw new CliError('name a recipient or an episode, or say --all', EXIT.misused);
      if (options.segments && options.on !== undefined)
        throw new CliError('--segments tells all time; leave out --on', EXIT.misused);
      await context.withAnswers(async (register) => {
        if (given === undefined) await all(context, register, options);
        else if ((await register.index.contextOf(`careEpisode-${given}`)) !== undefined)
          await episode(context, register, given, options);
        else await recipient(context, register, given, options);
      });
    });
}

async function all(context: Context, register: Register, { on, segments, knownAt }: Options): Promise<void> {
  const date = context.asked.day(on);
  let whole = true;
  const known = await register.knowledge.at(knownAt);
  const recipients = await everyRecipient(register);
  await context.lookingAt({
    ...JUDGED,
    act: 'LIST',
    route: 'recipient.compliance',
    persons: { recipients },
    knownAt,
    on,
  });
  for await (const assessment of everyEpisode(register, known, () => (whole = false))) {
    const line = segments ? complianceInTime(assessment) : complianceOn(assessment, dayOf(date));
    if (line) await context.printLine(line);
  }
  if (!whole) context.say('fok: some episodes are left out: something they rest on cannot be read (fok parked list)');
}

async function episode(context: Context, register: Register, given: string, options: Options): Promise<void> {
  const known = await register.knowledge.at(options.knownAt);
  const { assessments, parked } = await register.assessments.ofEpisodes([given], known);
  const [assessment] = assessments;
  if (parked)
    throw new CliError(`episode ${given} cannot be judged: something it rests on cannot be read (verify says what)`);
  if (!assessment) throw unknown('careEpisode', given);
  await context.lookingAt({
    ...JUDGED,
    act: 'READ',
    route: 'recipient.compliance',
    persons: assessment,
    knownAt: options.knownAt,
    on: options.on,
  });
  if (options.segments) return inTime(context, register, [assessment], known.position, options);
  const date = context.asked.day(options.on);
  const judged = complianceOn(assessment, dayOf(date));
  if (!judged) throw new CliError(`${date} is no judged day of episode ${given}`);
  if (options.format === 'json') await context.printJson({ on: date, ...judged });
  else await context.print(episodeOnDayText(judged, await namesInCompliance(register, [assessment], known.position)));
}

async function recipient(context: Context, register: Register, given: string, options: Options): Promise<void> {
  const { knownAt } = options;
  await mustExist(register, 'recipient', given);
  await context.lookingAt({
    ...JUDGED,
    act: 'READ',
    route: 'recipient.compliance',
    persons: { recipient: given },
    knownAt,
    on: options.on,
  });
  if (options.segments) {
    const known = await register.knowledge.at(knownAt);
    const { episodes } = await loadPerson(register, given, known.position);
    const { assessments, parked } = await register.assessments.ofEpisodes(episodes, known);
    for (const mark of markLines(shown({ ...known, parked }))) context.say(mark);
    return inTime(context, register, assessments, known.position, options);
  }
  const answer = await new GetComplianceHandler(register).execute(
    new GetCompliance(given, context.asked.day(options.on), knownAt),
  );
  if (options.format === 'json') return context.printJson(answer);
  const { assessments } = await assessmentsOfPerson(register, given, knownAt);
  const names = await namesInCompliance(register, assessments, BigInt(answer.position));
  await context.print(`Bedömning ${answer.on} av ${given}, enligt vad som var känt ${answer.knownAt}\n`);
  for (const judged of answer.episodes) await context.print(episodeOnDayText(judged, names));
  for (const mark of markLines(answer)) await context.print(mark);
  if (answer.episodes.length === 0) await context.print('Ingen omsorgsperiod bedöms den dagen.');
}

async function inTime(
  context: Context,
  register: Register,
  assessments: readonly EpisodeAssessment[],
  position: bigint,
  { format }: Options,
): Promise<void> {
  const names = await namesInCompliance(register, assessments, position);
  for (const assessment of assessments) {
    const judged = complianceInTime(assessment);
    if (format === 'json') await context.printLine(judged);
    else await context.print(episodeInTimeText(judged, names));
  }
}

/** Every recipient that the views know. */
async function everyRecipient({ index }: Register): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const page = await index.streams('recipient', {
      ...(found.length > 0 ? { after: found.at(-1) } : {}),
      limit: 1000,
    });
    if (page.length === 0) return found;
    found.push(...page);
  }
}
