import { acceptAny } from '../../../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../../../recording/step.js';
import { FACTS } from '../../../../facts/event-catalogue.js';

export const registerControllerStep = defineStep({
  name: 'RegisterController',
  records: FACTS.ControllerRegistered,
  path: 'controllers',
  summary: 'Registrera en personuppgiftsansvarig',
  example: {
    name: 'Ånge kommun',
    kind: 'MUNICIPAL',
    orgNumber: '212000-2395',
    municipalityCode: '2260',
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
});
