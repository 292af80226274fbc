import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const startEmploymentStep = defineStep({
  name: 'StartEmployment',
  records: FACTS.EmploymentStarted,
  path: 'staff/:id/employments',
  summary: 'Registrera en anställning',
  example: { form: 'PERMANENT', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
