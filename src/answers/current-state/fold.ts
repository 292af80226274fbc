import type { Fact } from '../../compliance-rules/facts.js';
import type { FactData, FactName } from '../../facts/event-catalogue.js';
import { formatDay } from '../../kernel/time/day.js';

/** A state that grows as facts are told; only its fold writes to it. */
export type State = Record<string, unknown>;

/** What one type of fact does to a state. `on` is the fact's day, `YYYY-MM-DD`. */
export type Step<N extends FactName> = (state: State, data: FactData[N], on: string, id: string) => void;

/** What each type of fact does to a state; a type without a step says nothing about it. */
export type Steps = { readonly [N in FactName]?: Step<N> };

/**
 * Tells the facts that became true by the day, in order, to an empty state.
 * @param facts valid after corrections and annulments, in order of (effectiveOn, position)
 * @param asOf `YYYY-MM-DD`
 */
export function tell(facts: readonly Fact[], asOf: string, steps: Steps): State {
  const state: State = {};
  for (const fact of facts) {
    const on = formatDay(fact.day);
    const step = steps[fact.type] as Step<typeof fact.type> | undefined;
    if (on <= asOf) step?.(state, fact.data, on, fact.id);
  }
  return state;
}

/**
 * The part of a state under a name and an id; made when it is not there yet, so that an end without a beginning is
 * shown too.
 */
export function part(state: State, name: string, id: unknown): State {
  const parts = (state[name] ??= {}) as Record<string, State>;
  return (parts[String(id)] ??= {});
}
