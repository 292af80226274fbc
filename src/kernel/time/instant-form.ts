import { parseDay } from './day.js';

/** What an instant looks like wherever one is taken in: RFC 3339 in UTC. Seconds may be left out, as in ISO 8601. */
export const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?Z$/;

/** Whether something is the text of an instant, on a day of the calendar. */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT_PATTERN.test(value) && parseDay(value.slice(0, 10)) !== undefined;
}
