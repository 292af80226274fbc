import { defineStep } from '../../../../recording/step.js';
import { signDescription } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { assigneeOf } from '../member-of.js';

export const signDescriptionStep = defineStep({
  name: 'SignDescription',
  records: FACTS.AssignmentDescriptionSigned,
  path: 'staff/:id/assignment-descriptions',
  summary: 'Registrera att uppdragsbeskrivningen är underskriven',
  example: {
    assignment: '5f0c8d2a-5555-4a6b-9c3d-000000000001',
    version: '1',
    place: 'Ånge',
    effectiveOn: '2026-11-13',
  },
  stateOf: assigneeOf,
  decide: signDescription,
  refusals: [refusals.STAFF_ANNULLED, refusals.ASSIGNMENT_OF_ANOTHER],
});
