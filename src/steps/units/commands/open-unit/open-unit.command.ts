import { acceptAny } from '../../../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../../../recording/step.js';
import { FACTS } from '../../../../facts/event-catalogue.js';

export const openUnitStep = defineStep({
  name: 'OpenUnit',
  records: FACTS.UnitOpened,
  path: 'units',
  summary: 'Öppna en enhet',
  example: {
    controller: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
    name: 'Hemtjänsten Norr',
    careForms: ['HOME_CARE'],
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
});
