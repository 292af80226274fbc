import type { z } from 'zod';
import { type DataOf, type Fields, objectSchema, placedFields, type Target } from './fields.js';
import { type FieldPath, valuesAt } from './field-paths.js';
import { CORRECTED_DATA } from './layers.js';

/**
 * What the register knows of one event type: what it is called, where it belongs, what it carries, which of it is
 * personal, what it names. The type's name is a stable string; it is never derived from a class.
 */
export interface EventType<Name extends string = string, Data = unknown> {
  readonly type: Name;
  /** Never there: it carries the type of the data. */
  readonly holds?: Data;
  /** Swedish: what has happened, for readers. */
  readonly label: string;
  readonly fields: Fields;
  /** The categories of stream it belongs on; `undefined` means any stream. */
  readonly categories: readonly string[] | undefined;
  readonly schemaVersion: number;
  /** From every version that was ever written to the next, the first leading from version 1. */
  readonly upcasts: readonly Upcast[];
  readonly schema: z.ZodType<Record<string, unknown>>;
  /** It is the first entry of its stream and stands there once. */
  readonly opens: boolean;
  /** It may be known ahead: `effectiveOn` up to 366 days after today. */
  readonly ahead: boolean;
  /** Fields that are personal data: sealed under the key of the person they are about. */
  readonly sealed: readonly FieldPath[];
  /** Fields that may be null. In the log a null stands for something sealed, so theirs is sealed as well. */
  readonly nullable: readonly FieldPath[];
  /** Dates in the data that cannot lie after today. */
  readonly notAhead: readonly FieldPath[];
  /** Lists in the data that cannot be recorded empty; stored ones are read. */
  readonly filled: readonly FieldPath[];
  readonly references: readonly Reference[];
  /** Fields by whose stream the event's own is found, with the category that each names. */
  readonly links: readonly { readonly path: FieldPath; readonly names: string }[];
  readonly derived?: DerivedFields;
  /** The field whose id this entry brings into being. */
  readonly defines?: { readonly kind: string; readonly path: FieldPath };
  /** The field that holds the right data of the entry that this one corrects; undefined for all but a correction. */
  readonly corrects?: FieldPath;
  /** Whether a history file may hold it; false for entries that only the register itself makes. */
  readonly importable: boolean;
  /** Whether people may correct, annul or dispute it: all but what nobody can take back. */
  readonly correctable: boolean;
}

/** The days on which something was said, `YYYY-MM-DD` in Stockholm. */
export interface SaidOn {
  /** From which it held, as its entry and the corrections around it say. */
  readonly effective: readonly string[];
  /** On which it is recorded. */
  readonly recorded: string;
}

/**
 * Fields that the register works out once, when it takes an entry in: what the data mean on that day, for every day
 * after. They are no part of what was said, and are left out when two entries are compared.
 */
export interface DerivedFields {
  readonly paths: readonly FieldPath[];
  /** @returns the data with these fields, or what cannot be so on these days: in English, and in Swedish to follow the path */
  derive(data: Readonly<Record<string, unknown>>, on: SaidOn): Derivation;
}

export type Derivation =
  | { readonly data: Record<string, unknown> }
  | { readonly path: FieldPath; readonly wrong: { readonly en: string; readonly sv: string } };

/**
 * Brings the data of one version of a type to the next: raw JSON in, raw JSON out, pure. A sealed field may stand as
 * `null` in it (the entry is closed, or the person was forgotten) and must then come out as `null` wherever it goes.
 */
export type Upcast = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** A field and what it names. */
export type Reference = Target & { readonly path: FieldPath };

/** What is said of an event type where it is declared. */
export interface Declaration<F extends Fields = Fields> {
  /** Swedish: what has happened, for readers. */
  readonly label: string;
  readonly data: F;
  /** Categories of stream that it belongs on besides the one it is declared for. */
  readonly alsoOn?: readonly string[];
  readonly opens?: true;
  readonly ahead?: true;
  readonly importable?: false;
  /** Unless said otherwise, that of what a history file may hold. */
  readonly correctable?: boolean;
  /**
   * What brings the data of each former version to the next, in order. A new version is one more of these, and the form
   * of `data` as it is from now on.
   */
  readonly former?: readonly Upcast[];
  readonly derived?: DerivedFields;
}

/** The event types that declarations make, by name. */
export type EventTypes<D extends Readonly<Record<string, Declaration>>> = {
  readonly [Name in keyof D & string]: EventType<Name, DataOf<D[Name]['data']>>;
};

/** Declares the event types on the streams of one category, or on all streams (`undefined`), by name. */
export function eventTypes<D extends Readonly<Record<string, Declaration>>>(
  category: string | undefined,
  declared: D,
): EventTypes<D> {
  const types = Object.entries(declared).map(([type, declaration]) => [type, eventType(type, category, declaration)]);
  return Object.fromEntries(types) as EventTypes<D>;
}

/** Declares one event type. */
export function eventType<Name extends string, F extends Fields>(
  type: Name,
  category: string | undefined,
  { label, data, alsoOn = [], opens, ahead, importable, correctable, former = [], derived }: Declaration<F>,
): EventType<Name, DataOf<F>> {
  const placed = placedFields(data);
  const paths = (has: (field: (typeof placed)[number]['field']) => boolean): FieldPath[] =>
    placed.filter(({ field }) => has(field)).map(({ path }) => path);
  const brought = placed.find(({ field }) => field.traits.brings !== undefined);
  const [corrects] = paths(({ form }) => form.kind === 'correctedData');
  return {
    type,
    label,
    fields: data,
    categories: category === undefined ? undefined : [category, ...alsoOn],
    schema: objectSchema(data),
    schemaVersion: former.length + 1,
    upcasts: former,
    opens: opens ?? false,
    ahead: ahead ?? false,
    sealed: paths(({ traits }) => traits.sealed),
    nullable: paths(({ traits }) => traits.nullable),
    notAhead: paths(({ traits }) => traits.notAhead),
    filled: paths(({ traits }) => traits.filled),
    references: placed.flatMap(({ path, field: { traits } }) => (traits.target ? [{ path, ...traits.target }] : [])),
    links: placed.flatMap(({ path, field: { traits } }) =>
      traits.linked && traits.target?.to === 'stream' ? [{ path, names: traits.target.category }] : [],
    ),
    importable: importable ?? true,
    correctable: correctable ?? importable ?? true,
    ...(derived ? { derived } : {}),
    ...(brought ? { defines: { kind: brought.field.traits.brings ?? '', path: brought.path } } : {}),
    ...(corrects === undefined ? {} : { corrects: mustBeWhereLayersAre(type, corrects) }),
  };
}

// Without its type nobody can tell what the data of a correction are; with it, everybody looks for them in one place.
function mustBeWhereLayersAre(type: string, path: FieldPath): FieldPath {
  if (path !== CORRECTED_DATA)
    throw new Error(`${type} holds the data that it corrects in ${path}, not ${CORRECTED_DATA}`);
  return path;
}

/** The lists in data to be recorded that say nothing, and may not. */
export function emptyLists({ filled }: EventType, data: Readonly<Record<string, unknown>>): FieldPath[] {
  return filled.filter((path) => valuesAt(data, path).some((value) => Array.isArray(value) && value.length === 0));
}
