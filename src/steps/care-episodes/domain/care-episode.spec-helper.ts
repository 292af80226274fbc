import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import type { GivenFact } from '../../../compliance-rules/testing/facts.spec-helper.js';
import type { Step } from '../../../kernel/event-sourcing/decider.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { CareEpisode } from './care-episode.js';

/** An episode with this history, in the words of the routine. */
export function given(...history: readonly GivenFact[]): Given<CareEpisode> {
  return new Given(CareEpisode.of(dossierOf(history)));
}

/** The step that the fact would be, were it put now. */
export function step(fact: GivenFact): Step {
  return { type: fact.type, effectiveOn: fact.day, data: fact.data };
}
