import type { z } from 'zod';
import type { FieldPath } from './field-paths.js';

/**
 * What the register knows of one event type: where it belongs, what it carries, which of it is personal, what it names.
 * The type's name is a stable string; it is never derived from a class.
 */
export interface EventType {
  readonly type: string;
  /** The categories of stream it belongs on; `undefined` means any stream. */
  readonly categories: readonly string[] | undefined;
  readonly schemaVersion: number;
  readonly schema: z.ZodType<Record<string, unknown>>;
  /** It is the first entry of its stream and stands there once. */
  readonly opens: boolean;
  /** It may be known ahead: `effectiveOn` up to 366 days after today. */
  readonly ahead: boolean;
  /** Fields that are personal data: sealed under the key of the person they are about. */
  readonly sealed: readonly FieldPath[];
  /** Dates in the data that cannot lie after today. */
  readonly notAhead: readonly FieldPath[];
  readonly references: readonly Reference[];
  readonly derived?: DerivedFields;
  /** The field whose id this entry brings into being. */
  readonly defines?: { readonly kind: DefinedKind; readonly path: FieldPath };
  /** False for entries that only the register itself makes: a history file may not hold them. */
  readonly importable: boolean;
}

/** The days on which something was said, `YYYY-MM-DD` in Stockholm. */
export interface SaidOn {
  /** From which it held, as its entry and the corrections around it say. */
  readonly effective: readonly string[];
  /** On which it is recorded. */
  readonly recorded: string;
}

/**
 * Fields that the register works out once, when it takes an entry in: what the data mean on that day, for every day after.
 * They are no part of what was said, and are left out when two entries are compared.
 */
export interface DerivedFields {
  readonly paths: readonly FieldPath[];
  /** @returns the data with these fields, or what cannot be so on these days: in English, and in Swedish to follow the path */
  derive(data: Readonly<Record<string, unknown>>, on: SaidOn): Derivation;
}

export type Derivation =
  | { readonly data: Record<string, unknown> }
  | { readonly path: FieldPath; readonly wrong: { readonly en: string; readonly sv: string } };

/** Things that an entry brings into being inside its stream, by an id of their own. */
export type DefinedKind = 'offer' | 'assignment' | 'plan' | 'consent' | 'representative';

export type Reference =
  /** A stream that must be open. */
  | { readonly path: FieldPath; readonly to: 'stream'; readonly category: string }
  /** A thing brought into being by an entry of the same stream, or of any. */
  | { readonly path: FieldPath; readonly to: DefinedKind; readonly anywhere?: true }
  /** An entry, by event id; of the same stream unless `anywhere`, of one of `types` where given. */
  | { readonly path: FieldPath; readonly to: 'entry'; readonly types?: readonly string[]; readonly anywhere?: true };

export interface EventTypeOptions {
  readonly opens?: true;
  readonly ahead?: true;
  readonly sealed?: readonly FieldPath[];
  readonly notAhead?: readonly FieldPath[];
  readonly references?: readonly Reference[];
  readonly derived?: DerivedFields;
  readonly defines?: EventType['defines'];
  readonly schemaVersion?: number;
  readonly importable?: false;
}

/** Declares an event type on the streams of one category, or of all (`undefined`). */
export function eventType(
  type: string,
  category: string | undefined,
  schema: z.ZodType<Record<string, unknown>>,
  options: EventTypeOptions = {},
): EventType {
  return {
    type,
    categories: category === undefined ? undefined : [category],
    schema,
    schemaVersion: options.schemaVersion ?? 1,
    opens: options.opens ?? false,
    ahead: options.ahead ?? false,
    sealed: options.sealed ?? [],
    notAhead: options.notAhead ?? [],
    references: options.references ?? [],
    importable: options.importable ?? true,
    ...(options.derived ? { derived: options.derived } : {}),
    ...(options.defines ? { defines: options.defines } : {}),
  };
}

/** A reference to an open stream of a category. */
export function toStream(path: FieldPath, category: string): Reference {
  return { path, to: 'stream', category };
}

/** A reference to something that an entry of the same stream brought into being. */
export function toOwn(path: FieldPath, to: DefinedKind): Reference {
  return { path, to };
}
