import { defineStep } from '../../../../recording/step.js';
import { staffRefusals } from '../../../staff/domain/refusals.js';
import { replaceContact } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const replaceContactStep = defineStep({
  name: 'ReplaceContact',
  records: FACTS.ContactReplaced,
  path: 'care-episodes/:id/assignments/:assignment/replacement',
  fields: { assignment: 'ends' },
  summary: 'Byt fast omsorgskontakt',
  description: 'Den nya har samma roll. Den gamla slutar och den nya börjar samma dag.',
  example: {
    staff: '5f0c8d2a-2222-4a6b-9c3d-000000000002',
    initiator: 'RECIPIENT',
    reasonCode: 'RECIPIENT_WISH',
    effectiveOn: '2026-11-16',
  },
  stateOf: episodeOf,
  decide: replaceContact,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
    refusals.TITLE_REQUIRED,
    staffRefusals.STAFF_NOT_EMPLOYED,
  ],
});
