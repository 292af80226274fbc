import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep, factsOf } from '../../recording/step.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { appointManager, closeUnit } from './domain/decide-unit.js';
import { unitRefusals as refusals } from './domain/refusals.js';

export const registerControllerStep = defineStep({
  name: 'RegisterController',
  records: FACTS.ControllerRegistered,
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

export const openUnitStep = defineStep({
  name: 'OpenUnit',
  records: FACTS.UnitOpened,
  summary: 'Registrera att en enhet öppnar',
  example: {
    controller: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
    name: 'Hemtjänsten Norr',
    careForms: ['HOME_CARE'],
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
});

export const appointManagerStep = defineStep({
  name: 'AppointManager',
  records: FACTS.UnitManagerAppointed,
  summary: 'Registrera att en enhetschef har utsetts',
  example: { staff: '5f0c8d2a-2222-4a6b-9c3d-000000000001', effectiveOn: '2026-11-02' },
  stateOf: (sources) => ({ facts: factsOf(sources) }),
  decide: appointManager,
  refusals: [refusals.UNIT_ANNULLED, refusals.UNIT_ALREADY_CLOSED],
});

export const closeUnitStep = defineStep({
  name: 'CloseUnit',
  records: FACTS.UnitClosed,
  summary: 'Registrera att enheten stängs',
  example: { effectiveOn: '2026-11-20' },
  stateOf: (sources) => ({ facts: factsOf(sources) }),
  decide: closeUnit,
  refusals: [refusals.UNIT_ANNULLED, refusals.UNIT_ALREADY_CLOSED, refusals.UNIT_CLOSED_BEFORE_OPENED],
});
