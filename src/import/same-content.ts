import { isDeepStrictEqual } from 'node:util';
import type { FactToRecord, OpenedEvent } from '../kernel/event-sourcing/event-log.js';
import { replaceAt } from '../kernel/event-sourcing/field-paths.js';
import { eventCatalogue } from '../facts/event-catalogue.js';

/**
 * Whether a line says what the register holds under its ref. Of a forgotten person only what is still readable is
 * compared, and nothing that the register worked out: earlier programs did not.
 */
export function hasSameContent(fact: FactToRecord, stored: OpenedEvent): boolean {
  const readable = stored.seal === 'CLEAR';
  const sealed = eventCatalogue.sealedPaths(fact);
  const derived = eventCatalogue.derivedPaths(fact);
  const said = (data: FactToRecord['data']) => replaceAt(data, derived, () => undefined);
  const data = readable ? said(fact.data) : replaceAt(said(fact.data), sealed, () => null);
  return (
    fact.type === stored.type &&
    fact.stream === stored.stream &&
    fact.effectiveOn === stored.effectiveOn &&
    fact.documentedAt === stored.documentedAt &&
    (!readable || fact.lateReason === stored.lateReason) &&
    isDeepStrictEqual({ ...fact.actor }, { ...stored.actor }) &&
    isDeepStrictEqual(plain(data), plain(said(stored.data)))
  );
}

/** Whether two lines of one file with the same ref say the same. */
export function saysTheSame(one: FactToRecord, other: FactToRecord): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

// Order of keys and fields that are undefined make no difference to what is said.
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
