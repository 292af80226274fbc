import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { administrators } from '../answers/access/administrators.js';
import type { Grant, Inspection } from '../answers/access/decided-access.js';
import {
  ListGrants,
  ListGrantsHandler,
  ListInspections,
  ListInspectionsHandler,
} from '../answers/access/list-decided.js';
import { PAGE_LIMITS } from '../answers/http/query-fields.js';
import { markLines } from '../answers/labels.js';
import type { Register } from '../app/register.js';
import { GRANTED_ROLES, INSPECTION_AUTHORITIES } from '../facts/codes.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { randomIds } from '../kernel/event-sourcing/ids.js';
import { Problem } from '../kernel/http/problem.js';
import { onOneLine } from '../kernel/safe-text.js';
import { StepRecorder } from '../recording/step-recorder.js';
import type { StepBody } from '../recording/step-body.js';
import { accessSteps } from '../steps/access/steps.js';
import { day, id, instant } from './arguments.js';
import { CliError } from './cli-error.js';
import { type Context, formatOption } from './context.js';

interface Asked {
  readonly on?: string;
  readonly knownAt?: string;
  readonly format: 'text' | 'json';
}

interface FirstAdmin {
  readonly controller: string;
  readonly staff?: string;
  readonly issuer?: string;
  readonly subject?: string;
  readonly reason: string;
  readonly format: 'text' | 'json';
}

/** `access grants`, `access inspections`, `access first-admin`: what people have decided about who may what. */
export function addAccessDecisions(access: Command, context: Context): void {
  addFirstAdmin(access, context);
  asked(access.command('grants').description('the grants of a controller that hold on a day')).action(
    async (controller: string, { on, knownAt, format }: Asked) => {
      await context.withAnswers(async (register) => {
        const page = { limit: PAGE_LIMITS.most };
        const question = new ListGrants(controller, context.asked.day(on), page, knownAt);
        const answer = await new ListGrantsHandler(register).execute(question);
        if (format === 'json') return context.printJson(answer);
        for (const mark of markLines(answer)) await context.print(mark);
        for (const grant of answer.grants) await context.print(grantLine(grant));
        if (answer.grants.length === 0) await context.print('Ingen behörighet gäller den dagen.');
      });
    },
  );
  asked(access.command('inspections').description('the inspections of a controller that go on on a day')).action(
    async (controller: string, { on, knownAt, format }: Asked) => {
      await context.withAnswers(async (register) => {
        const page = { limit: PAGE_LIMITS.most };
        const question = new ListInspections(controller, context.asked.day(on), page, knownAt);
        const answer = await new ListInspectionsHandler(register).execute(question);
        if (format === 'json') return context.printJson(answer);
        for (const mark of markLines(answer)) await context.print(mark);
        for (const inspection of answer.inspections) await context.print(inspectionLine(inspection));
        if (answer.inspections.length === 0) await context.print('Ingen granskning pågår den dagen.');
      });
    },
  );
}

function addFirstAdmin(access: Command, context: Context): void {
  access
    .command('first-admin')
    .description('make somebody administrator; possible only while nobody is')
    .requiredOption('--controller <id>', 'of which controller', id)
    .option('--staff <id>', 'the employee', id)
    .option('--issuer <url>', 'who signs them in, for who is no employee; with --subject')
    .option('--subject <text>', 'their id there')
    .requiredOption('--reason <text>', 'the decision behind it')
    .addOption(formatOption('text', 'json'))
    .action(async (given: FirstAdmin) => {
      const holder = holderOf(given);
      if (given.reason.trim() === '') throw new CliError('the reason is blank');
      await context.withAnswers(async (register) => {
        const [already] = await administrators(register, context.asked.day(undefined));
        if (already)
          throw new CliError(
            `there is an administrator already, by grant ${already.grant}: whoever is one grants the role to others`,
          );
        const grant = await recorded(register, { holder, controller: given.controller, reason: given.reason });
        await context.bringUpToDate(register);
        if (given.format === 'json') await context.printJson({ grant });
        else await context.print(`administrator by grant ${grant}`);
      });
    });
}

function holderOf({ staff, issuer, subject }: FirstAdmin): object {
  if (staff !== undefined && issuer === undefined && subject === undefined) return { staff };
  if (staff === undefined && issuer !== undefined && subject !== undefined) return { issuer, subject };
  throw new InvalidArgumentError('name the administrator: --staff, or --issuer with --subject');
}

/** Recorded as the operating-system user's doing: nobody in the register has decided it. */
async function recorded(
  register: Register,
  data: { readonly holder: object; readonly controller: string; readonly reason: string },
): Promise<string> {
  const step = accessSteps.find(({ name }) => name === 'GrantRole');
  if (!step) throw new Error('no step grants roles');
  try {
    const result = await new StepRecorder(register, eventCatalogue, randomIds).record(step, {
      context: { actor: { id: `uid:${userInfo().uid}`, role: 'ADMINISTRATOR' }, correlationId: randomUUID() },
      params: {},
      body: { role: 'ADMIN', ...data } as StepBody,
      dryRun: false,
    });
    return 'answer' in result ? (result.answer.id ?? '') : '';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const wrong = error.occurrence.errors?.map(({ path, message }) => `${path} ${message}`).join('; ');
    throw new CliError(`${error.type.code}: ${wrong ?? error.type.detail}`);
  }
}

function grantLine({ grant, role, holder, units, inspection, from, to }: Grant): string {
  const where = units === undefined ? '' : `, enheter ${units.join(', ')}`;
  const why = inspection === undefined ? '' : `, granskning ${inspection}`;
  return onOneLine(
    `${grant}  ${GRANTED_ROLES[role]}: ${holder.staff ?? holder.issuer ?? '–'}${where}${why}, ${days(from, to)}`,
  );
}

function inspectionLine({ inspection, authority, caseNumber, from, to }: Inspection): string {
  return onOneLine(`${inspection}  ${INSPECTION_AUTHORITIES[authority]}, ${caseNumber}, ${days(from, to)}`);
}

function days(from: string, to: string | undefined): string {
  return to === undefined ? `från ${from}` : `${from} – ${to}`;
}

function asked(command: Command): Command {
  return command
    .argument('<controller>', 'id of the controller', id)
    .option('--on <date>', 'the day (default: today)', day)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .addOption(formatOption('text', 'json'));
}
