import type { QueryBus } from '@nestjs/cqrs';
import { ListControllers } from '../../answers/controllers/list-controllers.js';
import type { State } from '../../answers/current-state/fold.js';
import { GetUnitContacts, GetUnitCurrent } from '../../answers/current-state/unit-queries.js';
import { ListUnits } from '../../answers/find/list-units.js';
import { SearchRecipients } from '../../answers/find/search-recipients.js';
import { GetUnitStaff } from '../../answers/find/unit-people.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { GetTimeline } from '../../answers/timeline/get-timeline.js';
import { CONTACT_ROLES } from '../../facts/codes.js';
import { codeWords, typeLabel } from '../../facts/labels.js';
import { nameTerms } from '../../facts/search-terms.js';
import type { Field, Fields, Target } from '../../kernel/event-sourcing/fields.js';
import { placedFields } from '../../kernel/event-sourcing/fields.js';
import { NAMELESS, persons, ROLE_WORDS, TITLE_WORDS } from '../words/state-words.js';
import type { Drawing, Option } from './control.js';
import { type Subject, textOf } from './subject.js';

const WHOLE = { limit: PAGE_LIMITS.most };

/** What the fields of a form may name, read once for the form: employees, units, offers, assignments, entries … */
export async function optionsFor(
  queries: QueryBus,
  fields: Fields,
  subject: Subject,
  on: string,
): Promise<Drawing['options']> {
  const found = new Map<string, readonly Option[] | undefined>();
  for (const { path, field } of placedFields(fields)) {
    if (field.form.kind !== 'id') continue;
    found.set(keyOf(field, path), await optionsOf(queries, field, path, subject, on));
  }
  return (field, path) => found.get(keyOf(field, path.replace(/\[\d+\]/g, '[]')));
}

function keyOf({ traits: { target } }: Field, path: string): string {
  return target === undefined ? `plain ${path.split('.').at(-1)}` : JSON.stringify(target);
}

async function optionsOf(
  queries: QueryBus,
  { traits: { target } }: Field,
  path: string,
  subject: Subject,
  on: string,
): Promise<readonly Option[] | undefined> {
  if (target === undefined) return path.endsWith('representative') ? representatives(subject) : undefined;
  if (target.to === 'entry') return entries(queries, target, subject, on);
  if (target.to === 'thing')
    return target.anywhere ? assignmentsOfStaff(queries, subject, on) : things(queries, target.kind, subject, on);
  switch (target.category) {
    case 'staff':
      return subject.unit === undefined ? undefined : employees(queries, subject.unit, on);
    case 'unit':
      return units(queries);
    case 'controller':
      return (await queries.execute(new ListControllers())).map(({ id, name }) => ({ value: id, words: name ?? id }));
    default:
      return sameName(queries, subject);
  }
}

/** Who works in the unit: who may be a contact first, and of those who has the fewest persons. */
async function employees(queries: QueryBus, unit: string, on: string): Promise<readonly Option[]> {
  const { staff } = await queries.execute(new GetUnitStaff(unit, on, WHOLE));
  const { contacts } = await queries.execute(new GetUnitContacts(unit, on, WHOLE));
  const primary = new Map(contacts.map((load) => [load.staff, load.primary]));
  return staff
    .map(({ staff: id, name, titleBasis, onLeave }) => ({
      carries: primary.get(id) ?? 0,
      mayNot: titleBasis === undefined || titleBasis === 'NONE',
      value: id,
      words: name ?? NAMELESS,
      hint: [
        ...(titleBasis === undefined ? [] : [TITLE_WORDS[titleBasis]]),
        ...(onLeave ? ['ledig'] : []),
        persons(primary.get(id) ?? 0),
      ].join(', '),
    }))
    .sort(
      (a, b) => Number(a.mayNot) - Number(b.mayNot) || a.carries - b.carries || a.words.localeCompare(b.words, 'sv'),
    )
    .map(({ carries: _carries, mayNot: _mayNot, ...option }) => option);
}

async function units(queries: QueryBus): Promise<readonly Option[]> {
  const found = new Map<string, string>();
  for (const { id } of await queries.execute(new ListControllers()))
    for (const { unit, name } of (await queries.execute(new ListUnits(id, WHOLE))).units) found.set(unit, name);
  return [...found].map(([value, words]) => ({ value, words })).sort((a, b) => a.words.localeCompare(b.words, 'sv'));
}

/** Other registrations under the same name: one of them may be the same person. */
async function sameName(queries: QueryBus, { person, recipient }: Subject): Promise<readonly Option[] | undefined> {
  const name = textOf(person?.['name']);
  if (name === undefined || nameTerms(name).length === 0) return undefined;
  const { recipients } = await queries.execute(new SearchRecipients({ name }, WHOLE));
  return recipients
    .filter((one) => one.recipient !== recipient)
    .map((one) => ({
      value: one.recipient,
      words: `${textOf(one.name) ?? NAMELESS} ${numberOf(one.identity)}`.trim(),
    }));
}

function numberOf(identity: unknown): string {
  return isState(identity) ? (textOf(identity['canonical']) ?? textOf(identity['value']) ?? '') : '';
}

function representatives({ person }: Subject): readonly Option[] {
  return statesIn(person, 'representatives').map(([id, one]) => ({
    value: id,
    words: textOf(one['name']) ?? NAMELESS,
  }));
}

async function entries(
  queries: QueryBus,
  { types }: Extract<Target, { to: 'entry' }>,
  { recipient, stream, staff, state }: Subject,
  on: string,
): Promise<readonly Option[]> {
  if (staff !== undefined)
    return statesIn(state, 'titleEvidence').map(([id, one]) => ({
      value: id,
      words: `${typeLabel(textOf(one['type']) ?? '')} ${textOf(one['on']) ?? ''}`,
    }));
  if (recipient === undefined) return [];
  const timeline = await queries.execute(new GetTimeline(recipient, on));
  return timeline.entries
    .filter((entry) => entry.stream === stream && (types === undefined || types.includes(entry.type)))
    .filter(({ status }) => status !== 'ANNULLED')
    .reverse()
    .map(({ eventId, type, effectiveOn }) => ({ value: eventId, words: `${typeLabel(type)} ${effectiveOn}` }));
}

/** Where the things of an episode stand in its state, and what tells one from another. */
const THINGS: Readonly<Record<string, readonly [part: string, words: (thing: State) => string]>> = {
  offer: ['offers', ({ on }) => `Erbjudandet ${textOf(on) ?? ''}`],
  consent: [
    'consents',
    ({ person, relation, on }) => `${textOf(person) ?? textOf(relation) ?? ''}, ${textOf(on) ?? ''}`,
  ],
  plan: ['plans', ({ agreedOn, revisedOn }) => `Planen ${textOf(revisedOn) ?? textOf(agreedOn) ?? ''}`],
  changeRequest: ['changeRequests', ({ on }) => `Begäran ${textOf(on) ?? ''}`],
  fundsAgreement: ['privateFunds', ({ on }) => `Överenskommelsen ${textOf(on) ?? ''}`],
};

async function things(queries: QueryBus, kind: string, subject: Subject, on: string): Promise<readonly Option[]> {
  if (kind === 'assignment') return assignments(queries, subject, on);
  const [part, words] = THINGS[kind] ?? [undefined, undefined];
  if (part === undefined || words === undefined) return [];
  return statesIn(subject.state, part).map(([id, thing]) => ({ value: id, words: words(thing) }));
}

async function assignments(queries: QueryBus, { state, unit }: Subject, on: string): Promise<readonly Option[]> {
  const staff = unit === undefined ? [] : await employees(queries, unit, on);
  return statesIn(state, 'contacts')
    .filter(([, contact]) => contact['to'] === undefined)
    .map(([id, contact]) => ({
      value: id,
      words: `${staff.find(({ value }) => value === contact['staff'])?.words ?? 'Kontakt'}, ${codeWords(CONTACT_ROLES, String(contact['role']))}`,
    }));
}

/** The assignments that an employee has in her unit, by whose they are. */
async function assignmentsOfStaff(queries: QueryBus, { staff, unit }: Subject, on: string): Promise<readonly Option[]> {
  if (unit === undefined) return [];
  const { rows } = await queries.execute(new GetUnitCurrent(unit, on, WHOLE));
  return rows.flatMap(({ recipientName, contacts }) =>
    contacts
      .filter((contact) => contact.staff === staff)
      .map(({ assignment, role }) => ({
        value: assignment,
        words: `${recipientName ?? NAMELESS}, ${ROLE_WORDS[role]}`,
      })),
  );
}

/** The parts of a state by id. */
export function statesIn(state: State | undefined, part: string): [id: string, state: State][] {
  const parts = state?.[part];
  return isState(parts) ? Object.entries(parts).filter((one): one is [string, State] => isState(one[1])) : [];
}

function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
