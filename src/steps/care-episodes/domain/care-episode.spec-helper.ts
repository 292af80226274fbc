import { dossierOf } from '../../../compliance-rules/testing/history.spec-helper.js';
import type { GivenFact } from '../../../compliance-rules/testing/facts.spec-helper.js';
import { Given } from '../../../kernel/event-sourcing/given-when-then.spec-helper.js';
import { CareEpisode } from './care-episode.js';

/** An episode with this history, in the words of the routine. */
export function given(...history: readonly GivenFact[]): Given<CareEpisode> {
  return new Given(CareEpisode.of(dossierOf(history)));
}

export { step } from '../../proposed.spec-helper.js';
