import type { Field, Fields } from '../kernel/event-sourcing/fields.js';
import { eventCatalogue } from './event-catalogue.js';
import { fieldLabel } from './labels.js';

/** A value in an entry's data, as it is told to people: what it is called, and what is needed to tell it. */
export type ToldValue = { readonly label: string } & (
  | { readonly kind: 'value'; readonly value: unknown; readonly field?: Field }
  | { readonly kind: 'values'; readonly values: readonly unknown[]; readonly field?: Field }
  | { readonly kind: 'group'; readonly within: readonly ToldValue[] }
);

/**
 * The data of an entry in the order in which its type declares them, each under its Swedish name and with the field it is. What
 * this program does not know keeps the name it has in the log. The id that an entry gives to what it brings into being
 * is left out: nobody reads it, and whatever refers to it is told by what happened.
 * @param typeOf the type of an entry by its id: what a correction says has the fields of what it corrects
 */
export function toldValues(
  type: string,
  data: Readonly<Record<string, unknown>>,
  typeOf: (entry: string) => string | undefined,
): ToldValue[] {
  const known = eventCatalogue.get(type);
  const corrected = typeof data['corrects'] === 'string' ? typeOf(data['corrects']) : undefined;
  return inOrder(data, known?.fields).flatMap(([name, value]): ToldValue[] => {
    if (known?.corrects !== name || !isObject(value)) return named(name, value, known?.fields);
    const within = corrected === undefined ? fieldsOf(value) : toldValues(corrected, value, typeOf);
    return [{ label: labelOf(name, known.fields), kind: 'group', within }];
  });
}

function fieldsOf(data: Readonly<Record<string, unknown>>, fields?: Fields): ToldValue[] {
  return inOrder(data, fields).flatMap(([name, value]) => named(name, value, fields));
}

/** The log has them in order of the alphabet; what this program does not know comes last. */
function inOrder(data: Readonly<Record<string, unknown>>, fields: Fields = {}): [string, unknown][] {
  const names = Object.keys(fields);
  const place = (name: string): number => (Object.hasOwn(fields, name) ? names.indexOf(name) : names.length);
  return Object.entries(data).sort(([a], [b]) => place(a) - place(b));
}

function named(name: string, value: unknown, fields: Fields | undefined): ToldValue[] {
  const field = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field?.traits.brings === undefined ? [told(labelOf(name, fields), value, field)] : [];
}

function labelOf(name: string, fields: Fields | undefined): string {
  const own = fields && Object.hasOwn(fields, name) ? fields[name]?.traits.label : undefined;
  return own === undefined || own === '' ? fieldLabel(name) : own;
}

function told(label: string, value: unknown, field: Field | undefined): ToldValue {
  const of = field?.form.kind === 'list' ? field.form.of : undefined;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.every((item) => typeof item !== 'object' || item === null))
      return { label, kind: 'values', values: items, ...(of ? { field: of } : {}) };
    return { label, kind: 'group', within: items.map((item, index) => told(String(index + 1), item, of)) };
  }
  if (isObject(value)) {
    const fields = field?.form.kind === 'part' ? field.form.fields : undefined;
    return { label, kind: 'group', within: fieldsOf(value, fields) };
  }
  return { label, kind: 'value', value, ...(field ? { field } : {}) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
