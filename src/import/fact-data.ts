import type { EventType, SaidOn } from '../kernel/event-sourcing/event-type.js';
import { valuesAt } from '../kernel/event-sourcing/field-paths.js';
import { dayOf } from '../kernel/time/day.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { rejectOf } from './history-line.js';
import { Reject } from './reject.js';

/** How far ahead a fact may lie that can be known ahead, in days after today. */
export const MAX_DAYS_AHEAD = 366;

/**
 * The data of a fact, checked against its type's schema and the days on which it was said.
 * @param data with every event id written out
 * @returns the data in its normal form (ids in lower case), with what the register works out from them
 * @throws Reject INVALID or IMPOSSIBLE_DATE
 */
export function checkData(
  type: EventType,
  data: Record<string, unknown>,
  on: SaidOn,
  prefix = 'data',
): Record<string, unknown> {
  const parsed = type.schema.safeParse(data);
  if (!parsed.success) throw rejectOf(parsed.error, prefix);
  for (const path of type.notAhead) {
    for (const value of valuesAt(parsed.data, path))
      if (typeof value === 'string' && value > on.recorded)
        throw new Reject('IMPOSSIBLE_DATE', `${prefix}.${path}: lies after today`);
  }
  const derived = type.derived?.derive(parsed.data, on) ?? parsed;
  if ('wrong' in derived) throw new Reject('INVALID', `${prefix}.${derived.path}: ${derived.wrong.en}`);
  return derived.data;
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
  on: SaidOn,
  prefix = 'data',
): Record<string, unknown> {
  const [corrected, ...rest] = chain;
  const type = corrected === undefined ? undefined : eventCatalogue.get(corrected);
  if (!type) return correction;
  const { effectiveOn, data } = correction;
  if (typeof effectiveOn === 'string') checkEffectiveOn(type, effectiveOn, on.recorded, `${prefix}.effectiveOn`);
  if (data === undefined) return correction;
  const within = typeof effectiveOn === 'string' ? { ...on, effective: [...on.effective, effectiveOn] } : on;
  const right = checkData(type, data as Record<string, unknown>, within, `${prefix}.data`);
  const normal = type.corrects !== undefined ? checkCorrection(right, rest, within, `${prefix}.data`) : right;
  return { ...correction, data: normal };
}
