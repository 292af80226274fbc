import type { Type } from '@nestjs/common';
import { ApiSchema } from '@nestjs/swagger';
import { codesOf } from '../kernel/event-sourcing/codes.js';
import type { EventType } from '../kernel/event-sourcing/event-type.js';
import type { Field, Fields, TextLimits } from '../kernel/event-sourcing/fields.js';
import {
  AnyObjectField,
  CodeField,
  CodeListField,
  DayField,
  type FieldOptions,
  FlagField,
  IdField,
  IdListField,
  InstantField,
  NumberField,
  PartField,
  PartListField,
  TextField,
  TextListField,
  VersionField,
} from '../kernel/http/fields.js';
import { CorrectionBody, OpeningBody, StepBody } from './step-body.js';

/** What of an event type's data a command's body has, and what it may leave out. */
export interface BodyOptions {
  /** Name of the class in the documentation. */
  readonly name: string;
  readonly type: EventType;
  /** Fields that the path gives. */
  readonly fromPath: readonly string[];
  /** Fields that have a value where the body says none. */
  readonly defaults: readonly string[];
}

/**
 * The class by which class-validator checks the body of a command: what every step says, and the data of the event type
 * that it records, but for what the path gives and what the register works out. Each field is described once, in its
 * event type.
 */
export function bodyOf({ name, type, fromPath, defaults }: BodyOptions): Type<StepBody> {
  const body = class extends (type.corrects !== undefined ? CorrectionBody : type.opens ? OpeningBody : StepBody) {};
  Object.defineProperty(body, 'name', { value: name });
  const derived = type.derived?.paths ?? [];
  for (const [field, declared] of Object.entries(type.fields)) {
    if (fromPath.includes(field)) continue;
    const chosen = declared.traits.brings !== undefined;
    const described = chosen
      ? declared.described(`${declared.traits.description} Väljs av registret om det utelämnas.`)
      : declared;
    place(body.prototype, field, decorated(described, { path: field, derived }, chosen || defaults.includes(field)));
  }
  return body;
}

/** Decorates a field as TypeScript would: the documentation asks for the type that the compiler notes of one. */
function place(prototype: object, field: string, decorator: PropertyDecorator): void {
  Reflect.defineMetadata('design:type', Object, prototype, field);
  decorator(prototype, field);
}

/** Where a field stands in the data, and which the register works out: no body has those. */
interface At {
  readonly path: string;
  readonly derived: readonly string[];
}

/** One class for each object that stands in several bodies. */
const parts = new Map<string, Type<unknown>>();

function partClass(name: string, fields: Fields, { path, derived }: At): Type<unknown> {
  let part = parts.get(name);
  if (!part) {
    part = class {};
    ApiSchema({ name })(part);
    Object.defineProperty(part, 'name', { value: name });
    for (const [field, declared] of Object.entries(fields)) {
      const at = { path: `${path}.${field}`, derived };
      if (!derived.includes(at.path)) place(part.prototype as object, field, decorated(declared, at, false));
    }
    parts.set(name, part);
  }
  return part;
}

/** The class of a field that holds an object, for documenting an answer that holds the same. */
export function classOfPart({ form }: Field): Type<unknown> {
  if (form.kind !== 'part') throw new Error(`a ${form.kind} has no class`);
  return partClass(form.name, form.fields, { path: '', derived: [] });
}

/** @param mayBeAbsent also where the event must have it */
function decorated({ form, traits }: Field, at: At, mayBeAbsent: boolean): PropertyDecorator {
  const { description, example, optional, nullable } = traits;
  const options: FieldOptions = {
    description,
    ...(optional || mayBeAbsent ? { optional: true as const } : {}),
    ...(nullable ? { nullable: true as const } : {}),
    ...(example === undefined ? {} : { example }),
  };
  switch (form.kind) {
    case 'id':
      return IdField(options);
    case 'date':
      return DayField(options);
    case 'instant':
      return InstantField(options);
    case 'flag':
      return FlagField(options);
    case 'version':
      return VersionField(options);
    case 'text':
      return TextField({ ...options, ...textLimits(form.limits) });
    case 'code':
      return CodeField(codesOf(form.codes), options);
    case 'whole':
      return NumberField({ ...options, min: form.min, max: form.max });
    case 'part':
      return PartField(() => partClass(form.name, form.fields, at), options);
    case 'list':
      return listOf(form.of, at, { ...options, least: form.least });
    case 'correctedData':
      return AnyObjectField(options);
  }
}

function listOf(
  { form }: Field,
  { path, derived }: At,
  { least, ...options }: FieldOptions & { readonly least: number },
): PropertyDecorator {
  switch (form.kind) {
    case 'id':
      return IdListField(options);
    case 'text':
      return TextListField({ ...options, least });
    case 'code':
      return CodeListField(codesOf(form.codes), options);
    case 'part':
      return PartListField(() => partClass(form.name, form.fields, { path: `${path}[]`, derived }), options);
    default:
      throw new Error(`no body has a list of ${form.kind}`);
  }
}

function textLimits({ longest, pattern, check, wrong }: TextLimits) {
  return {
    ...(longest === undefined ? {} : { maxLength: longest }),
    ...(pattern ? { pattern } : {}),
    ...(check ? { check } : {}),
    ...(wrong === undefined ? {} : { wrong }),
  };
}
