import { defineStep } from '../../../../recording/step.js';
import { staffRefusals } from '../../../staff/domain/refusals.js';
import { assignContact } from '../../domain/decide-contacts.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const assignContactStep = defineStep({
  name: 'AssignContact',
  records: FACTS.ContactAssigned,
  path: 'care-episodes/:id/assignments',
  summary: 'Utse en fast omsorgskontakt',
  description:
    'I hemtjänst utses bara en undersköterska; annars svaret 409 TITLE_REQUIRED, om inte override.reason anges.',
  example: {
    role: 'PRIMARY',
    staff: '5f0c8d2a-2222-4a6b-9c3d-000000000001',
    appointedBy: '5f0c8d2a-2222-4a6b-9c3d-000000000002',
    effectiveOn: '2026-11-12',
  },
  stateOf: episodeOf,
  decide: assignContact,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.PRIMARY_ALREADY_ASSIGNED,
    refusals.TITLE_REQUIRED,
    staffRefusals.STAFF_NOT_EMPLOYED,
  ],
});
