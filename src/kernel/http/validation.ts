import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { fieldPath } from './field-path.js';
import { httpProblems } from './http-problems.js';
import { keepMetadata } from './kept-metadata.js';
import { type FieldError, Problem } from './problem.js';

/** How many wrong fields one answer names at most. */
const MOST_ERRORS = 50;

const UNKNOWN_FIELD = 'fältet är okänt här';

const SURROGATE = /\p{Surrogate}/u;

/**
 * Checks a body or a query against its DTO class: unknown fields are errors too, nothing is converted or left out in silence.
 * Errors name the fields and never hold what stood in them.
 * @param expectedType the DTO class, where the handler's own parameter type does not say it
 */
export function validationPipe(expectedType?: Type<unknown>): ValidationPipe {
  keepMetadata();
  return new StrictPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem(httpProblems.VALIDATION_FAILED, { errors: fieldErrors(errors).slice(0, MOST_ERRORS) }),
    ...(expectedType ? { expectedType } : {}),
  });
}

/** Nest takes a body of null for {}, and refuses other values than objects in English. */
class StrictPipe extends ValidationPipe {
  /** @throws Problem VALIDATION_FAILED */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && value !== undefined) mustBeObject(value);
    if (metadata.type === 'body' || metadata.type === 'query') mustBeTakenAsItIs(value);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function mustBeObject(body: unknown): void {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return;
  throw new Problem(httpProblems.VALIDATION_FAILED, {
    detail: 'Innehållet ska vara ett JSON-objekt.',
    errors: [{ path: '', message: 'ska vara ett objekt' }],
  });
}

/** What the checks by class would pass over in silence. @throws Problem VALIDATION_FAILED */
function mustBeTakenAsItIs(value: unknown): void {
  const errors = passedOver(value, '').slice(0, MOST_ERRORS);
  if (errors.length > 0) throw new Problem(httpProblems.VALIDATION_FAILED, { errors });
}

function passedOver(value: unknown, path: string): FieldError[] {
  // Half of a surrogate pair is no character: no text with one could be stored and read back the same.
  if (typeof value === 'string')
    return SURROGATE.test(value) ? [{ path, message: 'innehåller tecken som inte kan lagras' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = fieldPath(path, name);
    // Every object has these already, so that looking for one among the known fields finds it, or Nest takes them away. None is a field of ours.
    return name in Object.prototype || name === 'prototype'
      ? [{ path: at, message: UNKNOWN_FIELD }]
      : passedOver(inner, at);
  });
}

/** The wrong fields as paths such as `attendees[0].kind`. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = fieldPath(parent, error.property);
    const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
      path,
      message: swedish[constraint] ?? message,
    }));
    return [...own, ...fieldErrors(error.children ?? [], path)];
  });
}

/** Texts for the constraints whose own messages would be English. */
const swedish: Readonly<Record<string, string>> = {
  whitelistValidation: UNKNOWN_FIELD,
  unknownValue: 'ska vara ett objekt',
  nestedValidation: 'ska vara ett objekt',
};
