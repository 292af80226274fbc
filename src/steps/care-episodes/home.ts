import { defineStep } from '../../recording/step.js';
import { duringCare, endPrivateFunds } from './domain/decide-episode.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from './domain/refusals.js';
import { episodeOf } from './episode-of.js';

export const agreePrivateFundsStep = defineStep({
  name: 'AgreePrivateFunds',
  records: FACTS.PrivateFundsAgreementMade,
  summary: 'Registrera en överenskommelse om privata medel',
  example: { representative: '0197a3c2-0000-7000-8000-00000000000a', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const assessHomeRiskStep = defineStep({
  name: 'AssessHomeRisk',
  records: FACTS.HomeRiskAssessed,
  summary: 'Registrera att riskerna i hemmet har bedömts',
  example: { effectiveOn: '2026-11-20', reference: 'Akten, blad 4' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const endPrivateFundsStep = defineStep({
  name: 'EndPrivateFunds',
  records: FACTS.PrivateFundsAgreementEnded,
  summary: 'Registrera att en överenskommelse om privata medel har upphört',
  example: { effectiveOn: '2026-11-24' },
  stateOf: episodeOf,
  decide: endPrivateFunds,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_AGREEMENT],
});
