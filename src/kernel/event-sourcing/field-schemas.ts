import { z } from 'zod';
import { isVisible, TEXT_PATTERN } from '../text-form.js';
import { parseDay } from '../time/day.js';
import { INSTANT_PATTERN, isInstant } from '../time/instant-form.js';

/** The building blocks of event schemas: one meaning, one schema. */

/** Marks a schema issue that is about the calendar, not about the form, so that a reader can be told which. */
export const IMPOSSIBLE_DATE = 'IMPOSSIBLE_DATE';

/** The first day that any entry may name. */
export const FIRST_DAY = '1900-01-01';

/** Text of which something can be seen, without control characters other than tab and line feed. */
export const text = z
  .string()
  .regex(/\S/u, { message: 'is blank', abort: true })
  .regex(TEXT_PATTERN, 'holds a control character')
  .refine(isVisible, 'is blank');

/** A UUID in its textual form; upper case is accepted and kept in lower case (RFC 9562 §4). */
export const id = z.guid().toLowerCase();

/** A civil date `YYYY-MM-DD` that is a calendar day from 1900 on. */
export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { message: 'is not of the form YYYY-MM-DD', abort: true })
  .refine((value) => parseDay(value) !== undefined && value >= FIRST_DAY, {
    message: 'is no calendar day from 1900-01-01 on',
    params: { code: IMPOSSIBLE_DATE },
  })
  .meta({ format: 'date' });

/** An instant, RFC 3339 in UTC, on a calendar day. */
export const instant = z
  .string()
  .regex(INSTANT_PATTERN, { message: 'is no instant in UTC, of the form YYYY-MM-DDThh:mm:ssZ', abort: true })
  .refine(isInstant, { message: 'is on no calendar day', params: { code: IMPOSSIBLE_DATE } })
  .meta({ format: 'date-time' });

/** The version of something that others number: a whole number or a text. */
export const versionLabel = z.union([text, z.int()]);
