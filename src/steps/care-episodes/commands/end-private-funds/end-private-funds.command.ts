import { defineStep } from '../../../../recording/step.js';
import { endPrivateFunds } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const endPrivateFundsStep = defineStep({
  name: 'EndPrivateFunds',
  records: FACTS.PrivateFundsAgreementEnded,
  path: 'care-episodes/:id/private-funds-agreements/:agreement/end',

  summary: 'Registrera att en överenskommelse om privata medel har upphört',

  example: { effectiveOn: '2026-11-24' },
  stateOf: episodeOf,
  decide: endPrivateFunds,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_AGREEMENT],
});
