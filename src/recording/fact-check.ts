import type { z } from 'zod';
import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import { emptyLists, type EventType, type SaidOn } from '../kernel/event-sourcing/event-type.js';
import { valuesAt } from '../kernel/event-sourcing/field-paths.js';
import { IMPOSSIBLE_DATE, instant } from '../kernel/event-sourcing/field-schemas.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { type FieldError, Problem } from '../kernel/http/problem.js';
import { civilDayOf } from '../kernel/time/clock.js';
import { dayOf, parseDay } from '../kernel/time/day.js';
import { recordingProblems } from './recording-problems.js';

/** How far ahead a fact may lie that can be known ahead, in days after today (contract §1). */
const MAX_DAYS_AHEAD = 366;

type Data = Readonly<Record<string, unknown>>;

/**
 * Checks data against its type's schema, which has the last word, and against the days on which they are said.
 * @param chain for a correction: the type of the entry it corrects, then of the one that one corrects, and so on
 * @returns the data as it is recorded (ids in lower case), with what the register works out from them
 * @throws Problem VALIDATION_FAILED or IMPOSSIBLE_DATE, naming the fields
 */
export function checkedData(
  catalogue: EventCatalogue,
  type: EventType,
  data: Data,
  on: SaidOn,
  chain: readonly string[] = [],
  prefix = '',
): Data {
  const parsed = type.schema.safeParse(data);
  if (!parsed.success) throw schemaProblem(parsed.error, prefix);
  const ahead = type.notAhead.filter((path) =>
    valuesAt(parsed.data, path).some((value) => typeof value === 'string' && value > on.recorded),
  );
  if (ahead.length > 0)
    throw impossible(ahead.map((path) => ({ path: prefix + path, message: 'ligger efter dagens datum' })));
  const empty = emptyLists(type, parsed.data);
  if (empty.length > 0)
    throw new Problem(httpProblems.VALIDATION_FAILED, {
      errors: empty.map((path) => ({ path: prefix + path, message: 'ska ha minst en post' })),
    });
  const [corrected, ...deeper] = chain;
  const correctedType = type.corrects !== undefined && corrected !== undefined ? catalogue.get(corrected) : undefined;
  if (!correctedType) return derived(type, parsed.data, on, prefix);
  const { effectiveOn, data: right } = parsed.data;
  if (typeof effectiveOn === 'string') checkDay(correctedType, effectiveOn, on.recorded, `${prefix}effectiveOn`);
  if (right === undefined) return parsed.data;
  const within = typeof effectiveOn === 'string' ? { ...on, effective: [...on.effective, effectiveOn] } : on;
  const put = checkedData(catalogue, correctedType, right as Data, within, deeper, `${prefix}data.`);
  return { ...parsed.data, data: put };
}

function derived(type: EventType, data: Data, on: SaidOn, prefix: string): Data {
  const done = type.derived?.derive(data, on) ?? { data };
  if ('data' in done) return done.data;
  const errors = [{ path: prefix + done.path, message: done.wrong.sv }];
  throw new Problem(httpProblems.VALIDATION_FAILED, { errors });
}

/** @throws Problem IMPOSSIBLE_DATE when a fact of the type cannot be known today to be true from that day */
export function checkDay(type: EventType, day: string, today: string, path = 'effectiveOn'): void {
  if (parseDay(day) === undefined || day < '1900-01-01')
    throw impossible([{ path, message: 'är inte en giltig kalenderdag från och med 1900-01-01' }]);
  if (day <= today) return;
  if (!type.ahead)
    throw impossible([{ path, message: 'ligger efter dagens datum, vilket en sådan händelse inte kan göra' }]);
  if (dayOf(day) > dayOf(today) + MAX_DAYS_AHEAD)
    throw impossible([{ path, message: `ligger mer än ${MAX_DAYS_AHEAD} dagar fram i tiden` }]);
}

/** @throws Problem VALIDATION_FAILED for what is no instant, IMPOSSIBLE_DATE when it lies after today */
export function checkDocumentedAt(documentedAt: string, today: string): void {
  if (!instant.safeParse(documentedAt).success)
    throw new Problem(httpProblems.VALIDATION_FAILED, {
      errors: [{ path: 'documentedAt', message: 'är inte en giltig tidpunkt' }],
    });
  if (civilDayOf(documentedAt) > dayOf(today))
    throw impossible([{ path: 'documentedAt', message: 'ligger efter dagens datum' }]);
}

/** The problem that one or more dates cannot be. */
function impossible(errors: readonly FieldError[]): Problem {
  return new Problem(recordingProblems.IMPOSSIBLE_DATE, { errors });
}

function schemaProblem(error: z.ZodError, prefix: string): Problem {
  const onlyDates = error.issues.every(isDateIssue);
  const errors = error.issues.flatMap((issue) => fieldErrorsOf(issue, prefix));
  return onlyDates ? impossible(errors) : new Problem(httpProblems.VALIDATION_FAILED, { errors: errors.slice(0, 50) });
}

function isDateIssue(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'custom' && issue.params?.['code'] === IMPOSSIBLE_DATE;
}

function fieldErrorsOf(issue: z.core.$ZodIssue, prefix: string): FieldError[] {
  const path =
    prefix +
    issue.path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('')
      .replace(/^\./, '');
  if (issue.code === 'unrecognized_keys')
    return [{ path: path === '' ? '?' : path.replace(/\.$/, ''), message: 'innehåller fält som är okända här' }];
  return [{ path: path.replace(/\.$/, ''), message: messageOf(issue) }];
}

/** Says in Swedish what a schema says in English, without the value. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (isDateIssue(issue))
    return issue.message.includes('2023-07-01')
      ? 'ligger före 2023-07-01, då de första bevisen utfärdades'
      : 'är inte en giltig kalenderdag från och med 1900-01-01';
  if (issue.code === 'invalid_type') return 'saknas eller har fel typ';
  if (issue.code === 'invalid_value') return 'är inte ett av de tillåtna värdena';
  if (issue.code === 'custom') return 'har fel datum eller kontrollsiffra';
  return 'har inte rätt form';
}
