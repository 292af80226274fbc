import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const approveEducationStep = defineStep({
  name: 'ApproveEducation',
  records: FACTS.ApprovedEducationRecorded,
  path: 'staff/:id/approved-educations',
  summary: 'Registrera en utbildning som arbetsgivaren godkänt',
  description: 'Räcker utanför hemtjänsten, aldrig i den.',
  example: { education: 'Stödassistent', approvedBy: 'Enhetschef', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
