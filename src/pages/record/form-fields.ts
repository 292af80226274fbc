import type { Field, Fields } from '../../kernel/event-sourcing/fields.js';

/** A value as a form holds it: texts by their names, each name once or several times. */
export interface FormValues {
  get(name: string): string | null;
  getAll(name: string): readonly string[];
}

/** How many rows a form offers for a list of things with several fields. */
export const ROWS = 6;

/**
 * The body that a filled-in form stands for: of each field what its form holds, left out where nothing was filled in.
 * What is wrong with it is not this function's business: the register's own check tells.
 * @param prefix of the names of these fields in the form
 */
export function bodyFrom(fields: Fields, values: FormValues, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = valueFrom(field, values, `${prefix}${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function valueFrom(field: Field, values: FormValues, name: string): unknown {
  const { form, traits } = field;
  const text = (values.get(name) ?? '').trim();
  switch (form.kind) {
    case 'flag':
      return text === '' ? undefined : text === 'true';
    case 'whole':
      return text === '' ? undefined : /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'part': {
      const inner = bodyFrom(form.fields, values, `${name}.`);
      // A part that need not be there is there when something in it is.
      return Object.keys(inner).length === 0 && traits.optional ? undefined : inner;
    }
    case 'list':
      return listFrom(field, form.of, values, name);
    case 'correctedData':
      return undefined;
    default:
      return text === '' ? undefined : text;
  }
}

function listFrom({ traits }: Field, of: Field, values: FormValues, name: string): unknown {
  const items =
    of.form.kind === 'part'
      ? rowsFrom(of.form.fields, values, name)
      : of.form.kind === 'text'
        ? lines(values.get(name))
        : values.getAll(name).filter((value) => value !== '');
  return items.length === 0 && traits.optional ? undefined : items;
}

function rowsFrom(fields: Fields, values: FormValues, name: string): Record<string, unknown>[] {
  return Array.from({ length: ROWS }, (_, at) => bodyFrom(fields, values, `${name}[${at}].`)).filter(
    (row) => Object.keys(row).length > 0,
  );
}

function lines(text: string | null): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What a form holds where it is opened with data that are there already: the other way of {@link bodyFrom}. */
export function valuesOf(fields: Fields, data: Readonly<Record<string, unknown>>, prefix = ''): [string, string][] {
  return Object.entries(fields).flatMap(([name, field]) => pairsOf(field, data[name], `${prefix}${name}`));
}

function pairsOf({ form }: Field, value: unknown, name: string): [string, string][] {
  if (value === undefined || value === null) return [];
  if (form.kind === 'part') return valuesOf(form.fields, value as Record<string, unknown>, `${name}.`);
  if (form.kind === 'list' && Array.isArray(value)) {
    const { of } = form;
    const items: readonly unknown[] = value;
    if (of.form.kind === 'part') {
      const { fields } = of.form;
      return items.flatMap((item, at) => valuesOf(fields, item as Record<string, unknown>, `${name}[${at}].`));
    }
    if (of.form.kind === 'text') return [[name, items.map(String).join('\n')]];
    return items.map((item) => [name, String(item)]);
  }
  return [[name, String(value as string | number | boolean)]];
}
