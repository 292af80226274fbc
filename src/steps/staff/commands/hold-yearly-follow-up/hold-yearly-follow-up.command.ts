import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const holdYearlyFollowUpStep = defineStep({
  name: 'HoldYearlyFollowUp',
  records: FACTS.YearlyFollowUpHeld,
  path: 'staff/:id/yearly-follow-ups',
  summary: 'Registrera den årliga uppföljningen med medarbetaren',
  example: { effectiveOn: '2026-11-13' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
