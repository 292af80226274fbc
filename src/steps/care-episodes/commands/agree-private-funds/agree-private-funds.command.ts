import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const agreePrivateFundsStep = defineStep({
  name: 'AgreePrivateFunds',
  records: FACTS.PrivateFundsAgreementMade,
  path: 'care-episodes/:id/private-funds-agreements',

  summary: 'Registrera en överenskommelse om privata medel',

  example: { representative: '0197a3c2-0000-7000-8000-00000000000a', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
