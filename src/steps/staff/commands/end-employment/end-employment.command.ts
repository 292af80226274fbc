import { defineStep } from '../../../../recording/step.js';
import { endEmployment } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const endEmploymentStep = defineStep({
  name: 'EndEmployment',
  records: FACTS.EmploymentEnded,
  path: 'staff/:id/employment-ends',
  summary: 'Avsluta anställningen',
  description: 'Medarbetarens uppdrag som kontakt upphör samma dag.',
  example: { effectiveOn: '2026-11-20' },
  stateOf: memberOf,
  decide: endEmployment,
  refusals: [refusals.STAFF_ANNULLED, refusals.STAFF_NOT_EMPLOYED],
});
