import { acceptAny } from '../../../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../../../recording/step.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { RegisterControllerDto } from './register-controller.dto.js';

export const registerControllerStep = defineStep({
  name: 'RegisterController',
  records: FACTS.ControllerRegistered,
  path: 'controllers',
  summary: 'Registrera en personuppgiftsansvarig',
  body: RegisterControllerDto,
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
