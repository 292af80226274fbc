import type { Command } from 'commander';
import type { DueItem } from '../answers/current-state/due-items.js';
import {
  GetUnitContacts,
  GetUnitContactsHandler,
  GetUnitCurrent,
  GetUnitCurrentHandler,
  GetUnitDue,
  GetUnitDueHandler,
} from '../answers/current-state/unit-queries.js';
import { ListUnits, ListUnitsHandler } from '../answers/find/list-units.js';
import { SearchRecipients, SearchRecipientsHandler } from '../answers/find/search-recipients.js';
import { PAGE_LIMITS } from '../answers/http/query-fields.js';
import { markLines, STATUS_LABELS, TITLE_LABELS } from '../answers/labels.js';
import { type Names, namesOfStreams } from '../answers/text/names.js';
import type { PageRequest } from '../answers/cursor.js';
import type { Register } from '../app/register.js';
import { RULES } from '../compliance-rules/index.js';
import { CARE_FORMS, CONTACT_ROLES } from '../facts/codes.js';
import { looksLikeNumber } from '../facts/personal-number.js';
import { addMonths, dayOf, formatDay } from '../kernel/time/day.js';
import { onOneLine } from '../kernel/safe-text.js';
import { day, id, instant } from './arguments.js';
import { type Context, formatOption } from './context.js';

interface Options {
  readonly on?: string;
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
  readonly format: 'text' | 'json';
}

/** An answer that comes in pages. */
type Paged<K extends string, T> = Readonly<Record<K, readonly T[]>> & { readonly next?: string };

/** `find`: who is meant. */
export function addFind(program: Command, context: Context): void {
  asked(program.command('find'), 'find a recipient by number or by whole words of the name')
    .argument('<text...>', 'the number, or the words')
    .action(async (words: readonly string[], { knownAt, format }: Options) => {
      const text = words.join(' ');
      const by = looksLikeNumber(text) ? { identity: { value: text } } : { name: text };
      await context.withAnswers(async (register) => {
        const handler = new SearchRecipientsHandler(register);
        const found = await everyPage('recipients', (page) => handler.execute(new SearchRecipients(by, page, knownAt)));
        await context.lookingAt({
          act: 'SEARCH',
          route: 'recipient.search',
          shown: ['NAME', 'IDENTITY'],
          persons: found,
          knownAt,
        });
        if (format === 'json') return context.printJson(found);
        for (const mark of markLines(found)) await context.print(mark);
        for (const { recipient, name } of found.recipients)
          await context.print(`${recipient}  ${typeof name === 'string' ? onOneLine(name) : '–'}`);
        if (found.recipients.length === 0) await context.print('Ingen omsorgstagare hittades.');
      });
    });
}

/** `units`: which units there are. */
export function addUnits(program: Command, context: Context): void {
  asked(program.command('units'), 'the units of a controller, its own and those that work on its commission')
    .argument('<controller>', 'id of the controller', id)
    .action(async (controller: string, { knownAt, format }: Options) => {
      await context.withAnswers(async (register) => {
        const handler = new ListUnitsHandler(register);
        const found = await everyPage('units', (page) => handler.execute(new ListUnits(controller, page, knownAt)));
        if (format === 'json') return context.printJson(found);
        for (const mark of markLines(found)) await context.print(mark);
        for (const { unit, name, careForms } of found.units)
          await context.print(`${unit}  ${onOneLine(name)} (${careForms.map((form) => CARE_FORMS[form]).join(', ')})`);
      });
    });
}

/** `today`: a unit on a day. */
export function addToday(program: Command, context: Context): void {
  asked(program.command('today'), 'the ongoing care of a unit on a day: contacts, breaches, what falls due first')
    .argument('<unit>', 'id of the unit', id)
    .option('--on <date>', 'the day (default: today)', day)
    .action(async (unit: string, { on, knownAt, format }: Options) => {
      await context.withAnswers(async (register) => {
        const handler = new GetUnitCurrentHandler(register);
        const asOf = context.asked.day(on);
        const found = await everyPage('rows', (page) => handler.execute(new GetUnitCurrent(unit, asOf, page, knownAt)));
        await context.lookingAt({
          act: 'LIST',
          route: 'unit.current',
          shown: ['NAME', 'STATE'],
          persons: found,
          knownAt,
          on: asOf,
        });
        if (format === 'json') return context.printJson(found);
        const contacts = found.rows.flatMap((row) => row.contacts);
        const names = await namesOf(register, unit, found.rows, contacts);
        await context.print(`${onOneLine(names.of(unit))} ${asOf}: ${found.rows.length} omsorgsperioder`);
        for (const mark of markLines(found)) await context.print(mark);
        for (const { episode, recipient, breaches, warnings, changeRequests, nextDue, ...row } of found.rows) {
          await context.print(`\n${onOneLine(names.of(recipient))} (${episode})`);
          for (const { role, staff, absent } of row.contacts)
            await context.print(
              `  ${CONTACT_ROLES[role]}: ${onOneLine(names.of(staff))}${absent ? ', frånvarande' : ''}`,
            );
          for (const { rule, since } of breaches)
            await context.print(`  ${STATUS_LABELS.BREACH} ${ruleName(rule)}, sedan ${since}`);
          for (const { rule, since } of warnings)
            await context.print(`  ${STATUS_LABELS.WARNING} ${ruleName(rule)}, sedan ${since}`);
          for (const { since } of changeRequests) await context.print(`  önskemål om byte av kontakt, sedan ${since}`);
          if (nextDue) await context.print(`  senast ${nextDue.dueOn}: ${ruleName(nextDue.rule)}`);
        }
      });
    });
}

/** `due`: what is to be done in a unit. */
export function addDue(program: Command, context: Context): void {
  asked(program.command('due'), 'what falls due in a unit in a period')
    .argument('<unit>', 'id of the unit', id)
    .option('--from <date>', 'the first day (default: today)', day)
    .option('--to <date>', 'the last day (default: a month on)', day)
    .action(async (unit: string, { from, to, knownAt, format }: Options) => {
      await context.withAnswers(async (register) => {
        const handler = new GetUnitDueHandler(register);
        const first = context.asked.day(from);
        const last = to ?? formatDay(addMonths(dayOf(first), 1));
        const found = await everyPage('items', (page) =>
          handler.execute(new GetUnitDue(unit, first, last, page, knownAt)),
        );
        await context.lookingAt({
          act: 'LIST',
          route: 'unit.due',
          shown: ['NAME', 'STATE'],
          persons: found,
          knownAt,
          on: first,
        });
        if (format === 'json') return context.printJson(found);
        const names = await namesOf(register, unit, found.items, []);
        await context.print(`${onOneLine(names.of(unit))} ${first} – ${last}`);
        for (const mark of markLines(found)) await context.print(mark);
        for (const item of found.items)
          await context.print(`${item.dueOn}  ${dueName(item)}: ${onOneLine(names.of(item.recipient))}`);
        if (found.items.length === 0) await context.print('Inget ska vara gjort i perioden.');
      });
    });
}

/** `load`: how many each contact has. */
export function addLoad(program: Command, context: Context): void {
  asked(program.command('load'), 'how many recipients each contact of a unit has on a day')
    .argument('<unit>', 'id of the unit', id)
    .option('--on <date>', 'the day (default: today)', day)
    .action(async (unit: string, { on, knownAt, format }: Options) => {
      await context.withAnswers(async (register) => {
        const handler = new GetUnitContactsHandler(register);
        const asOf = context.asked.day(on);
        const found = await everyPage('contacts', (page) =>
          handler.execute(new GetUnitContacts(unit, asOf, page, knownAt)),
        );
        await context.lookingAt({
          act: 'LIST',
          route: 'unit.contacts',
          shown: ['NAME'],
          persons: found,
          knownAt,
          on: asOf,
        });
        if (format === 'json') return context.printJson(found);
        const names = await namesOf(register, unit, [], found.contacts);
        await context.print(`${onOneLine(names.of(unit))} ${asOf}`);
        for (const mark of markLines(found)) await context.print(mark);
        for (const { staff, primary, second, deputy, titleBasis, absent } of found.contacts) {
          const title = titleBasis === undefined ? '' : `, ${TITLE_LABELS[titleBasis]}`;
          await context.print(
            `${onOneLine(names.of(staff))}: ordinarie ${primary}, andra ${second}, vice ${deputy}${title}${absent ? ', frånvarande' : ''}`,
          );
        }
      });
    });
}

function asked(command: Command, description: string): Command {
  return command
    .description(description)
    .option('--known-at <instant>', 'by what was known then (default: now)', instant)
    .addOption(formatOption('text', 'json'));
}

/** Every page of an answer as one. */
async function everyPage<K extends string, T, A extends Paged<K, T>>(
  list: K,
  ask: (page: PageRequest) => Promise<A>,
): Promise<A> {
  const first = await ask({ limit: PAGE_LIMITS.most });
  const items = [...first[list]];
  let { next } = first;
  while (next !== undefined) {
    const page = await ask({ limit: PAGE_LIMITS.most, cursor: next });
    items.push(...page[list]);
    next = page.next;
  }
  const { next: _next, ...whole } = { ...first, [list]: items };
  return whole as A;
}

function namesOf(
  register: Register,
  unit: string,
  persons: readonly { readonly recipient: string }[],
  contacts: readonly { readonly staff: string }[],
): Promise<Names> {
  return namesOfStreams(register, [
    `unit-${unit}`,
    ...persons.map(({ recipient }) => `recipient-${recipient}`),
    ...contacts.map(({ staff }) => `staff-${staff}`),
  ]);
}

function dueName(item: DueItem): string {
  return item.kind === 'MEETING' ? 'Bokat möte om genomförandeplanen' : ruleName(item.rule);
}

function ruleName(rule: string): string {
  return RULES.find(({ id: known }) => known === rule)?.name ?? rule;
}
