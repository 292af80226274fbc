import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const moveStaffStep = defineStep({
  name: 'MoveStaff',
  records: FACTS.StaffMovedUnit,
  path: 'staff/:id/unit-moves',
  summary: 'Flytta medarbetaren till en annan enhet',
  example: { unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
