import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type as TransformTo } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { ID_PATTERN } from '../id-form.js';
import { isVisible, TEXT_PATTERN } from '../text-form.js';
import { INSTANT_PATTERN } from '../time/instant-form.js';

/**
 * The kinds of field that bodies and queries are made of: each says in one place how it is checked, what is said when it is
 * wrong, and how it is documented. The event schemas have the last word; these are there to answer early and in Swedish.
 */
export interface FieldOptions {
  /** Swedish: what it means. */
  readonly description: string;
  readonly optional?: true;
  /** null is a value that it may have. */
  readonly nullable?: true;
  readonly example?: unknown;
}

/** The longest text in a field, in characters. */
export const LONGEST_TEXT = 20_000;
/** The most items in a list. */
export const LONGEST_LIST = 200;

/** @param checks what is asked of the value, in order: the first that it fails is what the caller is told */
function field(
  { optional, ...documented }: FieldOptions & ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  // Left out is left out; null is a value, and none that a field has unless it says so.
  const presence = optional
    ? ValidateIf((_: object, value: unknown) => value !== undefined && !(documented.nullable && value === null))
    : IsGiven();
  return applyDecorators(
    ApiProperty({ ...documented, required: !optional } as ApiPropertyOptions),
    presence,
    ...checks,
  );
}

/** The field must be there, whatever it holds. Stands before what is asked of the value, so that a missing field is called missing. */
function IsGiven(): PropertyDecorator {
  return ValidateBy({
    name: 'isGiven',
    validator: { validate: (value: unknown) => value !== undefined, defaultMessage: () => 'saknas' },
  });
}

const inList = { each: true } as const;
const isList = (): PropertyDecorator => IsArray({ message: 'ska vara en lista' });
const isShortList = (): PropertyDecorator =>
  ArrayMaxSize(LONGEST_LIST, { message: `ska ha högst ${LONGEST_LIST} poster` });
const isLongEnough = (least: number): PropertyDecorator =>
  ArrayMinSize(least, { message: least === 1 ? 'ska ha minst en post' : `ska ha minst ${least} poster` });

/** A list of something; `least` says how many items there must be. */
export interface ListOptions extends FieldOptions {
  readonly least?: number;
}

/** An id: a UUID. */
export function IdField(options: FieldOptions): PropertyDecorator {
  return field({ type: String, format: 'uuid', ...options }, Matches(ID_PATTERN, { message: 'ska vara ett UUID' }));
}

export function IdListField(options: FieldOptions): PropertyDecorator {
  return field(
    { type: String, format: 'uuid', isArray: true, maxItems: LONGEST_LIST, ...options },
    isList(),
    isShortList(),
    Matches(ID_PATTERN, { ...inList, message: 'ska vara UUID' }),
  );
}

/** A civil date; whether it is a calendar day, and a possible one, the event schema says. */
export function DayField(options: FieldOptions): PropertyDecorator {
  return field(
    { type: String, format: 'date', example: '2026-11-22', ...options },
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'ska vara ett datum, ÅÅÅÅ-MM-DD' }),
  );
}

/** An instant, RFC 3339 in UTC. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return field(
    { type: String, format: 'date-time', example: '2026-11-22T05:40:00Z', ...options },
    Matches(INSTANT_PATTERN, { message: 'ska vara en tidpunkt i UTC, ÅÅÅÅ-MM-DDTHH:MM:SSZ' }),
  );
}

/** Something can be seen of the text. */
function IsVisible(message: string, options: ValidationOptions = {}): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isVisible',
      validator: { validate: (value) => typeof value === 'string' && isVisible(value), defaultMessage: () => message },
    },
    options,
  );
}

/** Something that no pattern can say is so of the text. */
function Passes(check: (text: string) => boolean, message: string): PropertyDecorator {
  return ValidateBy({
    name: 'passes',
    validator: { validate: (value) => typeof value === 'string' && check(value), defaultMessage: () => message },
  });
}

function IsWriting(options: ValidationOptions = {}): PropertyDecorator {
  return Matches(TEXT_PATTERN, { ...options, message: 'innehåller styrtecken' });
}

/** Text that is not blank. */
export function TextField(
  options: FieldOptions & {
    readonly pattern?: RegExp;
    readonly check?: (text: string) => boolean;
    readonly wrong?: string;
    readonly maxLength?: number;
  },
): PropertyDecorator {
  const { pattern, check, wrong = 'har fel form', maxLength = LONGEST_TEXT, ...documented } = options;
  return field(
    { type: String, maxLength, pattern: (pattern ?? /\S/).source, ...documented },
    IsString({ message: 'ska vara text' }),
    IsVisible('ska inte vara tomt'),
    IsWriting(),
    MaxLength(maxLength, { message: `ska ha högst ${maxLength} tecken` }),
    ...(pattern ? [Matches(pattern, { message: wrong })] : []),
    ...(check ? [Passes(check, wrong)] : []),
  );
}

export function TextListField({ least = 0, ...options }: ListOptions): PropertyDecorator {
  return field(
    { type: String, isArray: true, ...(least > 0 ? { minItems: least } : {}), maxItems: LONGEST_LIST, ...options },
    isList(),
    isShortList(),
    isLongEnough(least),
    IsString({ ...inList, message: 'ska vara texter' }),
    IsVisible('ska inte innehålla tomma texter', inList),
    IsWriting(inList),
    MaxLength(LONGEST_TEXT, { ...inList, message: `ska ha högst ${LONGEST_TEXT} tecken var` }),
  );
}

/** One of a list of codes. */
export function CodeField(codes: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(
    { type: String, enum: [...codes], ...options },
    IsIn([...codes], { message: `ska vara ${codes.join(', ')}` }),
  );
}

export function CodeListField(codes: readonly string[], options: FieldOptions): PropertyDecorator {
  return field(
    { type: 'array', items: { type: 'string', enum: [...codes] }, maxItems: LONGEST_LIST, ...options },
    isList(),
    isShortList(),
    IsIn([...codes], { ...inList, message: `ska vara ${codes.join(', ')}` }),
  );
}

/** A whole number. */
export function NumberField(options: FieldOptions & { readonly min: number; readonly max: number }): PropertyDecorator {
  const { min, max, ...documented } = options;
  const message = `ska vara ett heltal från ${min} till ${max}`;
  return field(
    { type: 'integer', minimum: min, maximum: max, ...documented },
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

export function FlagField(options: FieldOptions): PropertyDecorator {
  return field({ type: Boolean, ...options }, IsBoolean({ message: 'ska vara true eller false' }));
}

/** The version of something that others number: a text or a whole number. */
export function VersionField(options: FieldOptions): PropertyDecorator {
  return field(
    {
      oneOf: [
        { type: 'string', pattern: '\\S', maxLength: 100 },
        { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      ],
      ...options,
    } as FieldOptions & ApiPropertyOptions,
    ValidateBy({
      name: 'isVersion',
      validator: { validate: isVersion, defaultMessage: () => 'ska vara en text på högst 100 tecken eller ett heltal' },
    }),
  );
}

/** An object of its own. */
export function PartField(part: () => Type<unknown>, options: FieldOptions): PropertyDecorator {
  return field(
    { type: () => part(), ...options },
    TransformTo(part),
    IsObject({ message: 'ska vara ett objekt' }),
    ValidateNested({ message: 'ska vara ett objekt' }),
  );
}

export function PartListField(part: () => Type<unknown>, options: FieldOptions): PropertyDecorator {
  return field(
    { type: () => part(), isArray: true, maxItems: LONGEST_LIST, ...options },
    TransformTo(part),
    isList(),
    isShortList(),
    ValidateNested({ ...inList, message: 'ska vara objekt' }),
  );
}

/** An object whose fields something else checks. */
export function AnyObjectField(options: FieldOptions): PropertyDecorator {
  return field(
    { type: 'object', additionalProperties: true, ...options },
    IsObject({ message: 'ska vara ett objekt' }),
  );
}

function isVersion(value: unknown): boolean {
  return (
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && isVisible(value) && TEXT_PATTERN.test(value) && value.length <= 100)
  );
}
