import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const giveConsentStep = defineStep({
  name: 'GiveConsent',
  records: FACTS.ConsentGiven,
  path: 'care-episodes/:id/consents',
  summary: 'Registrera ett samtycke',
  example: {
    person: 'Karin Berg',
    relation: 'dotter',
    scope: ['INFORM', 'ATTEND_MEETINGS'],
    effectiveOn: '2026-11-09',
  },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
