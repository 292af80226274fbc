import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../recording/step.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { ofRegistered, endEmployment, startLeave, endLeave } from './domain/decide-staff.js';
import { staffRefusals as refusals } from './domain/refusals.js';
import { memberOf } from './member-of.js';

export const registerStaffStep = defineStep({
  name: 'RegisterStaff',
  records: FACTS.StaffRegistered,
  summary: 'Registrera en medarbetare',
  example: {
    controller: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
    unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001',
    name: 'Anna Lind',
    hsaId: 'SE2321000016-1003',
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
});

export const startEmploymentStep = defineStep({
  name: 'StartEmployment',
  records: FACTS.EmploymentStarted,
  summary: 'Registrera att en anställning börjar',
  example: { form: 'PERMANENT', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const endEmploymentStep = defineStep({
  name: 'EndEmployment',
  records: FACTS.EmploymentEnded,
  summary: 'Registrera att anställningen slutar',
  description: 'Medarbetarens uppdrag som kontakt upphör samma dag.',
  example: { effectiveOn: '2026-11-20' },
  stateOf: memberOf,
  decide: endEmployment,
  refusals: [refusals.STAFF_ANNULLED, refusals.STAFF_NOT_EMPLOYED],
});

export const moveStaffStep = defineStep({
  name: 'MoveStaff',
  records: FACTS.StaffMovedUnit,
  summary: 'Registrera att medarbetaren flyttar till en annan enhet',
  example: { unit: '5f0c8d2a-1111-4a6b-9c3d-000000000001', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const startLeaveStep = defineStep({
  name: 'StartLeave',
  records: FACTS.LeaveStarted,
  summary: 'Registrera att en ledighet börjar',
  example: { kind: 'semester', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: startLeave,
  refusals: [refusals.STAFF_ANNULLED, refusals.ALREADY_ON_LEAVE],
});

export const endLeaveStep = defineStep({
  name: 'EndLeave',
  records: FACTS.LeaveEnded,
  summary: 'Registrera att en ledighet slutar',
  example: { effectiveOn: '2026-11-20' },
  stateOf: memberOf,
  decide: endLeave,
  refusals: [refusals.STAFF_ANNULLED, refusals.NOT_ON_LEAVE],
});
