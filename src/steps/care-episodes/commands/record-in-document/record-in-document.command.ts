import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const recordInDocumentStep = defineStep({
  name: 'RecordInDocument',
  records: FACTS.RecordedInDocument,
  path: 'care-episodes/:id/records',
  summary: 'Registrera att kontakten framgår av journal, plan eller personbild',
  example: {
    document: 'JOURNAL',
    about: '5f0c8d2a-7777-4a6b-9c3d-000000000001',
    reference: 'Journal 2026-11-12',
    effectiveOn: '2026-11-12',
  },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
