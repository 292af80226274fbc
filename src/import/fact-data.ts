import type { EventType } from '../kernel/event-sourcing/event-type.js';
import { valuesAt } from '../kernel/event-sourcing/field-paths.js';
import { dayOf } from '../kernel/time/day.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { rejectOf } from './history-line.js';
import { Reject } from './reject.js';

/** How far ahead a fact may lie that can be known ahead, in days after today. */
export const MAX_DAYS_AHEAD = 366;

/**
 * The data of a fact, checked against its type's schema and today's date.
 * @param data with every event id written out
 * @param today civil date in Stockholm
 * @returns the data in its normal form (ids in lower case)
 * @throws Reject INVALID or IMPOSSIBLE_DATE
 */
export function checkData(
  type: EventType,
  data: Record<string, unknown>,
  today: string,
  prefix = 'data',
): Record<string, unknown> {
  const parsed = type.schema.safeParse(data);
  if (!parsed.success) throw rejectOf(parsed.error, prefix);
  for (const path of type.notAhead) {
    for (const value of valuesAt(parsed.data, path))
      if (typeof value === 'string' && value > today)
        throw new Reject('IMPOSSIBLE_DATE', `${prefix}.${path}: lies after today`);
  }
  return parsed.data;
}

/** @throws Reject IMPOSSIBLE_DATE when a fact of this type cannot be known today to become true on that day */
export function checkEffectiveOn(type: EventType, effectiveOn: string, today: string, field = 'effectiveOn'): void {
  if (effectiveOn <= today) return;
  if (!type.ahead) throw new Reject('IMPOSSIBLE_DATE', `${field}: lies after today, which ${type.type} may not`);
  if (dayOf(effectiveOn) > dayOf(today) + MAX_DAYS_AHEAD)
    throw new Reject('IMPOSSIBLE_DATE', `${field}: lies more than ${MAX_DAYS_AHEAD} days after today`);
}

/**
 * The right data and day that a correction gives, checked as if they had been recorded so at first.
 * @param chain the type of the entry it corrects, then of the entry that one corrects, and so on
 * @returns the correction's data in its normal form
 * @throws Reject INVALID or IMPOSSIBLE_DATE
 */
export function checkCorrection(
  correction: Record<string, unknown>,
  chain: readonly string[],
  today: string,
  prefix = 'data',
): Record<string, unknown> {
  const [corrected, ...rest] = chain;
  const type = corrected === undefined ? undefined : eventCatalogue.get(corrected);
  if (!type) return correction;
  const { effectiveOn, data } = correction;
  if (typeof effectiveOn === 'string') checkEffectiveOn(type, effectiveOn, today, `${prefix}.effectiveOn`);
  if (data === undefined) return correction;
  const right = checkData(type, data as Record<string, unknown>, today, `${prefix}.data`);
  const normal = type.type === 'EntryCorrected' ? checkCorrection(right, rest, today, `${prefix}.data`) : right;
  return { ...correction, data: normal };
}
