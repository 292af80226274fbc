import type { GivenFact } from '../compliance-rules/testing/facts.spec-helper.js';
import type { FactName } from '../facts/event-catalogue.js';
import type { Proposed } from '../facts/proposed.js';

/** The step that the fact would be, were it put now. */
export function step<N extends FactName>(fact: GivenFact<N>): Proposed<N> {
  return { type: fact.type, effectiveOn: fact.day, data: fact.data } as Proposed<N>;
}
