import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { httpProblems } from './http-problems.js';
import { type FieldError, Problem } from './problem.js';

/** How many wrong fields one answer names at most. */
const MOST_ERRORS = 50;

const SURROGATE = /\p{Surrogate}/u;

/**
 * Checks a body or a query against its DTO class: unknown fields are errors too, nothing is converted or left out in
 * silence.
 * Errors name the fields and never hold what stood in them.
 * @param expectedType the DTO class, where the handler's own parameter type does not say it
 */
export function validationPipe(expectedType?: Type<unknown>): ValidationPipe {
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
    if (metadata.type === 'body' && value !== undefined) mustBeStorableObject(value);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function mustBeStorableObject(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Problem(httpProblems.VALIDATION_FAILED, {
      detail: 'Kroppen ska vara ett JSON-objekt.',
      errors: [{ path: '', message: 'ska vara ett objekt' }],
    });
  }
  const errors = unstorableTexts(body, '').slice(0, MOST_ERRORS);
  if (errors.length > 0) throw new Problem(httpProblems.VALIDATION_FAILED, { errors });
}

/** Half of a surrogate pair is no character: no text with one could be stored and read back the same. */
function unstorableTexts(value: unknown, path: string): FieldError[] {
  if (typeof value === 'string')
    return SURROGATE.test(value) ? [{ path, message: 'innehåller tecken som inte kan lagras' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => unstorableTexts(inner, pathOf(path, name)));
}

/** The wrong fields as paths such as `attendees[0].kind`. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = pathOf(parent, error.property);
    const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
      path,
      message: swedish[constraint] ?? message,
    }));
    return [...own, ...fieldErrors(error.children ?? [], path)];
  });
}

function pathOf(parent: string, property: string): string {
  // A field that we do not know was named by the caller: its name is cut, in case that is where somebody put the
  // content.
  const name = /^[A-Za-z0-9_]{1,40}$/.test(property) ? property : '?';
  if (/^\d+$/.test(name)) return `${parent}[${name}]`;
  return parent === '' ? name : `${parent}.${name}`;
}

/** Texts for the constraints whose own messages would be English. */
const swedish: Readonly<Record<string, string>> = {
  whitelistValidation: 'fältet är okänt här',
  unknownValue: 'ska vara ett objekt',
  nestedValidation: 'ska vara ett objekt',
};
