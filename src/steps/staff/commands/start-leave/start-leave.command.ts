import { defineStep } from '../../../../recording/step.js';
import { startLeave } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const startLeaveStep = defineStep({
  name: 'StartLeave',
  records: FACTS.LeaveStarted,
  path: 'staff/:id/leaves',
  summary: 'Registrera en ledighet',
  example: { kind: 'semester', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: startLeave,
  refusals: [refusals.STAFF_ANNULLED, refusals.ALREADY_ON_LEAVE],
});
