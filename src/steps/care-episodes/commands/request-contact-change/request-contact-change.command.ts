import { defineStep } from '../../../../recording/step.js';
import { requestContactChange } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const requestContactChangeStep = defineStep({
  name: 'RequestContactChange',
  records: FACTS.ContactChangeRequested,
  path: 'care-episodes/:id/assignments/:assignment/change-requests',

  summary: 'Registrera att omsorgstagaren vill byta fast omsorgskontakt',

  example: { effectiveOn: '2026-11-20', reasonText: 'Vill ha någon som talar finska' },
  stateOf: episodeOf,
  decide: requestContactChange,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
  ],
});
