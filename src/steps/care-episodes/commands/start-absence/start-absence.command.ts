import { defineStep } from '../../../../recording/step.js';
import { startAbsence } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const startAbsenceStep = defineStep({
  name: 'StartAbsence',
  records: FACTS.ContactAbsenceStarted,
  path: 'care-episodes/:id/assignments/:assignment/absences',
  summary: 'Registrera att kontakten är frånvarande',
  example: { effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: startAbsence,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
    refusals.ASSIGNMENT_NOT_IN_EPISODE,
    refusals.ABSENCE_ALREADY_STARTED,
  ],
});
