import { defineStep } from '../../../../recording/step.js';
import { closeContactChangeRequest } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const closeContactChangeRequestStep = defineStep({
  name: 'CloseContactChangeRequest',
  records: FACTS.ContactChangeRequestClosed,
  path: 'care-episodes/:id/change-requests/:request/closure',

  summary: 'Registrera vad en begäran om byte ledde till',

  example: { effectiveOn: '2026-11-24', outcome: 'CHANGED' },
  stateOf: episodeOf,
  decide: closeContactChangeRequest,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_REQUEST,
    refusals.REQUEST_ALREADY_CLOSED,
    refusals.CLOSED_BEFORE_REQUEST,
  ],
});
