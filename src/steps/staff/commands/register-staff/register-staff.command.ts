import { acceptAny } from '../../../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../../../recording/step.js';
import { FACTS } from '../../../../facts/event-catalogue.js';

export const registerStaffStep = defineStep({
  name: 'RegisterStaff',
  records: FACTS.StaffRegistered,
  path: 'staff',
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
