import { z } from 'zod';
import { type Codes, type CodeOf, codesOf } from './codes.js';
import type { FieldPath } from './field-paths.js';
import * as schemas from './field-schemas.js';

/** A value that is sealed in the log: `null` until it is opened, and for good once its person was forgotten. */
export type Sealed<T> = T | null;

/** What a field names: a stream, an entry, or something that an entry brought into being. */
export type Target =
  /** A stream that must be open. */
  | { readonly to: 'stream'; readonly category: string }
  /** An entry, by event id; of the same stream unless `anywhere`, of one of `types` where given. */
  | { readonly to: 'entry'; readonly types?: readonly string[]; readonly anywhere?: true }
  /** A thing brought into being by an entry of the same stream, or of any. */
  | { readonly to: 'thing'; readonly kind: string; readonly anywhere?: true };

/** What a caller of a command may send in a text field, where that is narrower than what the log can hold. */
export interface TextLimits {
  /** The most characters. */
  readonly longest?: number;
  readonly pattern?: RegExp;
  readonly check?: (text: string) => boolean;
  /** Swedish: what is said of a text that does not have the pattern, or fails the check. */
  readonly wrong?: string;
}

/** What a field holds, for whoever asks for it, shows it or documents it. */
export type Form =
  | { readonly kind: 'id' | 'date' | 'instant' | 'flag' | 'version' | 'correctedData' }
  | { readonly kind: 'text'; readonly limits: TextLimits }
  | { readonly kind: 'code'; readonly codes: Codes }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'part'; readonly name: string; readonly fields: Fields }
  | { readonly kind: 'list'; readonly of: Field; readonly least: number };

/** Swedish. `label` is the field's name for readers, in lower case; `description` tells a caller what to put there. */
interface Words {
  readonly label: string;
  readonly description: string;
}

interface Traits extends Words {
  readonly optional: boolean;
  readonly sealed: boolean;
  readonly nullable: boolean;
  readonly notAhead: boolean;
  readonly filled: boolean;
  readonly target?: Target;
  readonly brings?: string;
  readonly linked?: true;
  readonly example?: unknown;
}

/** The fields of an event's data, or of an object inside it, by name. */
export type Fields = Readonly<Record<string, Field>>;

type OptionalNames<F> = { [N in keyof F]: F[N] extends Field<unknown, true> ? N : never }[keyof F];

/** The data that fields hold. */
export type DataOf<F> = {
  readonly [N in Exclude<keyof F, OptionalNames<F>>]: F[N] extends Field<infer T> ? T : never;
} & { readonly [N in OptionalNames<F>]?: F[N] extends Field<infer T> ? T : never };

/**
 * One field of an event's data: what it holds, what it is called, and what the register does with it. From it follow the
 * stored shape, the JSON Schema, the body of the command and the types that the code sees.
 */
export class Field<T = unknown, Optional extends boolean = boolean> {
  /** Never there: it carries the type of the value. */
  declare readonly holds: T;
  declare readonly mayBeAbsent: Optional;

  constructor(
    readonly form: Form,
    private readonly base: z.ZodType,
    readonly traits: Traits,
  ) {}

  /** The value's schema, with its words. */
  get schema(): z.ZodType {
    const { label, description, optional, nullable } = this.traits;
    const base = nullable ? this.base.nullable() : this.base;
    const told = label === '' ? base : base.meta({ title: label, description });
    return optional ? told.optional() : told;
  }

  /** It may be left out. */
  optional(): Field<T, true> {
    return this.with({ optional: true });
  }

  /** It may be null, which says something else than its absence. */
  orNull(): Field<T | null, Optional> {
    return this.with({ nullable: true });
  }

  /** It is personal data, sealed under the key of the person that the event is about. */
  sealed(): Field<Sealed<T>, Optional> {
    return this.with({ sealed: true });
  }

  /** A day that cannot lie after today. */
  notAhead(): Field<T, Optional> {
    return this.with({ notAhead: true });
  }

  /** Whoever asks by the stream that it names finds the stream of the event. */
  linked(): Field<T, Optional> {
    return this.with({ linked: true });
  }

  /** A list that cannot be recorded empty; what was recorded before is read as it is. */
  filled(): Field<T, Optional> {
    return this.with({ filled: true });
  }

  /** What a caller could send. */
  example(example: unknown): Field<T, Optional> {
    return this.with({ example });
  }

  /** The same field under another name for readers. */
  named(label: string, description: string): Field<T, Optional> {
    return this.with({ label, description });
  }

  /** The same field with other words for the caller. */
  described(description: string): Field<T, Optional> {
    return this.with({ description });
  }

  /** The same part with other fields, for whoever asks for less of it. */
  withFields(fields: Fields): Field<T, Optional> {
    if (this.form.kind !== 'part') throw new Error(`a ${this.form.kind} has no fields`);
    return new Field<T, Optional>({ ...this.form, fields }, this.base, this.traits);
  }

  private with<U, O extends boolean>(traits: Partial<Traits>): Field<U, O> {
    return new Field<U, O>(this.form, this.base, { ...this.traits, ...traits });
  }
}

type Required<T> = Field<T, false>;

function field<T>(form: Form, schema: z.ZodType, label: string, description: string, more: Partial<Traits> = {}) {
  return new Field<T, false>(form, schema, {
    label,
    description,
    optional: false,
    sealed: false,
    nullable: false,
    notAhead: false,
    filled: false,
    ...more,
  });
}

const idNaming = (label: string, description: string, more?: Partial<Traits>): Required<string> =>
  field({ kind: 'id' }, schemas.id, label, description, more);

/** An id that names nothing the register looks up. */
export const id = (label: string, description: string): Required<string> => idNaming(label, description);

/** The id of an open stream of a category. */
export const stream = (category: string, label: string, description: string): Required<string> =>
  idNaming(label, description, { target: { to: 'stream', category } });

/** The id of a thing that an entry of the same stream brought into being. */
export const own = (kind: string, label = '', description = ''): Required<string> =>
  idNaming(label, description, { target: { to: 'thing', kind } });

/** The id of a thing that an entry of any stream brought into being. */
export const anywhere = (kind: string, label: string, description: string): Required<string> =>
  idNaming(label, description, { target: { to: 'thing', kind, anywhere: true } });

/** The id of an entry. */
export const entry = (options: Omit<Target & { to: 'entry' }, 'to'>, label: string, description: string) =>
  idNaming(label, description, { target: { to: 'entry', ...options } });

/** The id of what the event brings into being; the register chooses one where a command gives none. */
export const brings = (kind: string, label: string, description: string): Required<string> =>
  idNaming(label, description, { brings: kind });

/** Text that is not blank. @param schema where the log itself asks for more */
export const text = (
  label: string,
  description: string,
  limits: TextLimits = {},
  schema: z.ZodType = schemas.text,
): Required<string> => field({ kind: 'text', limits }, schema, label, description);

/** One of a table of codes. */
export const code = <C extends Codes>(codes: C, label: string, description: string): Required<CodeOf<C>> =>
  field({ kind: 'code', codes }, z.enum(codesOf(codes)), label, description);

/** A civil date `YYYY-MM-DD`. @param schema where the log itself asks for more */
export const day = (
  label: string,
  description: string,
  schema: z.ZodType<string> = schemas.civilDate,
): Required<string> => field({ kind: 'date' }, schema, label, description);

/** An instant, RFC 3339 in UTC. */
export const instant = (label: string, description: string): Required<string> =>
  field({ kind: 'instant' }, schemas.instant, label, description);

/**
 * A whole number.
 * @param most what a command may give at most, where the log holds more
 */
export const whole = (
  { min, max, most = max }: { readonly min: number; readonly max?: number; readonly most?: number },
  label: string,
  description: string,
): Required<number> =>
  field(
    { kind: 'whole', min, max: most ?? Number.MAX_SAFE_INTEGER },
    max === undefined ? z.int().min(min) : z.int().min(min).max(max),
    label,
    description,
  );

export const flag = (label: string, description: string): Required<boolean> =>
  field({ kind: 'flag' }, z.boolean(), label, description);

/** The version of something that others number: a whole number or a text. */
export const version = (label: string, description: string): Required<string | number> =>
  field({ kind: 'version' }, schemas.versionLabel, label, description);

/**
 * An object of its own.
 * @param name of its class in the documentation of the commands
 * @param refine what is asked of it beyond its fields
 */
export const part = <F extends Fields>(
  name: string,
  fields: F,
  label = '',
  description = '',
  refine: (schema: z.ZodObject) => z.ZodType = (schema) => schema,
): Required<DataOf<F>> => field({ kind: 'part', name, fields }, refine(objectSchema(fields)), label, description);

/** @param least how many items there must be */
export const list = <T>(of: Field<T, false>, label: string, description: string, least = 0): Required<readonly T[]> =>
  field(
    { kind: 'list', of, least },
    least === 0 ? z.array(of.schema) : z.array(of.schema).min(least),
    label,
    description,
  );

/** A list of texts. @param least how many there must be */
export const texts = (label: string, description: string, least = 0): Required<readonly string[]> =>
  list(text('', ''), label, description, least);

/** A list of codes. */
export const codes = <C extends Codes>(table: C, label: string, description: string): Required<readonly CodeOf<C>[]> =>
  list(code(table, '', ''), label, description);

/** In a correction: the right data, in the form of the corrected entry's type, which only the reader of that knows. */
export const correctedData = (label: string, description: string): Required<Readonly<Record<string, unknown>>> =>
  field({ kind: 'correctedData' }, z.record(z.string(), z.unknown()), label, description);

/** The schema of an object with these fields and no others. */
export function objectSchema(fields: Fields): z.ZodObject {
  return z.strictObject(Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])));
}

/** A field and where it stands in the data: `attendees`, `attendees[]`, `attendees[].name`. */
export interface PlacedField {
  readonly path: FieldPath;
  readonly field: Field;
}

/** Every field in the order of declaration, a list before its items and an object before its fields. */
export function placedFields(fields: Fields, prefix = ''): PlacedField[] {
  return Object.entries(fields).flatMap(([name, inner]) => placedIn(inner, `${prefix}${name}`));
}

function placedIn(field: Field, path: FieldPath): PlacedField[] {
  const { form } = field;
  const inner =
    form.kind === 'part'
      ? placedFields(form.fields, `${path}.`)
      : form.kind === 'list'
        ? placedIn(form.of, `${path}[]`)
        : [];
  return [{ path, field }, ...inner];
}
