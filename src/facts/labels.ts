import type { Codes } from '../kernel/event-sourcing/codes.js';
import { placedFields } from '../kernel/event-sourcing/fields.js';
import { ACTOR_ROLES } from './codes.js';
import { eventCatalogue } from './event-catalogue.js';

/** The Swedish name of an event type; the type itself where this program does not know it. */
export function typeLabel(type: string): string {
  return eventCatalogue.get(type)?.label ?? type;
}

/** Until this day those who were appointed were contact persons (kontaktman), whatever a register calls them. */
const CONTACTS_FROM = '2022-07-01';
const CONTACT_PERSONS: Readonly<Record<string, string>> = {
  ContactAssigned: 'Kontaktman utsedd (före lagkravet)',
  ContactReplaced: 'Kontaktman bytt (före lagkravet)',
};

/** What happened, as an entry of that type and day (`YYYY-MM-DD`) is told. */
export function entryLabel(type: string, effectiveOn: string): string {
  return (effectiveOn < CONTACTS_FROM ? CONTACT_PERSONS[type] : undefined) ?? typeLabel(type);
}

const FIELD_LABELS = new Map(
  eventCatalogue
    .all()
    .flatMap(({ fields }) => placedFields(fields))
    .filter(({ field }) => field.traits.label !== '')
    .map(({ path, field }) => [path.slice(path.lastIndexOf('.') + 1), field.traits.label]),
);

/** The Swedish name of a field; the field's own where this program does not know it. */
export function fieldLabel(name: string): string {
  return FIELD_LABELS.get(name) ?? name;
}

/** The Swedish words for a code of a table; the code itself where the table has none, as an older one may not. */
export function codeWords(codes: Codes, code: string): string {
  return Object.hasOwn(codes, code) ? (codes[code] ?? code) : code;
}

/** In which capacity somebody acted; what is no code of ours was said in words. */
export function roleWords(role: string): string {
  return codeWords(ACTOR_ROLES, role);
}

const TABLES = eventCatalogue
  .all()
  .flatMap(({ fields }) => placedFields(fields))
  .flatMap(({ field: { form } }) => (form.kind === 'code' ? [form.codes] : []));

/** The words for a code of which nobody knows the table; the code itself where tables differ, or none has it. */
export function anyCodeWords(code: string): string {
  const words = new Set(TABLES.flatMap((codes) => (Object.hasOwn(codes, code) ? [codes[code]] : [])));
  return words.size === 1 ? ([...words][0] ?? code) : code;
}
