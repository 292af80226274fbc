import { defineStep } from '../../../../recording/step.js';
import { endLeave } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const endLeaveStep = defineStep({
  name: 'EndLeave',
  records: FACTS.LeaveEnded,
  path: 'staff/:id/leave-ends',
  summary: 'Avsluta en ledighet',
  example: { effectiveOn: '2026-11-20' },
  stateOf: memberOf,
  decide: endLeave,
  refusals: [refusals.STAFF_ANNULLED, refusals.NOT_ON_LEAVE],
});
