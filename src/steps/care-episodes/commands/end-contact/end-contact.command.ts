import { defineStep } from '../../../../recording/step.js';
import { endContact } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const endContactStep = defineStep({
  name: 'EndContact',
  records: FACTS.ContactEnded,
  path: 'care-episodes/:id/assignments/:assignment/end',
  summary: 'Avsluta ett uppdrag som kontakt',
  description: 'Ett uppdrag som aldrig blev av avslutas på sin första dag.',
  example: { initiator: 'STAFF', reasonCode: 'STAFF_LEFT', effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: endContact,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
  ],
});
