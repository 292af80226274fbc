import { defineStep } from '../../../../recording/step.js';
import { endAbsence } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const endAbsenceStep = defineStep({
  name: 'EndAbsence',
  records: FACTS.ContactAbsenceEnded,
  path: 'care-episodes/:id/assignments/:assignment/absence-ends',
  summary: 'Registrera att kontakten är tillbaka',
  example: { effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: endAbsence,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_IN_EPISODE,
    refusals.ABSENCE_NOT_STARTED,
  ],
});
