import { defineStep, factsOf } from '../../../../recording/step.js';
import { appointManager } from '../../domain/decide-unit.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { unitRefusals as refusals } from '../../domain/refusals.js';

export const appointManagerStep = defineStep({
  name: 'AppointManager',
  records: FACTS.UnitManagerAppointed,
  path: 'units/:id/managers',
  summary: 'Utse enhetschef',
  example: { staff: '5f0c8d2a-2222-4a6b-9c3d-000000000001', effectiveOn: '2026-11-02' },
  stateOf: (sources) => ({ facts: factsOf(sources) }),
  decide: appointManager,
  refusals: [refusals.UNIT_ANNULLED, refusals.UNIT_ALREADY_CLOSED],
});
