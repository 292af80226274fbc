import { defineStep, factsOf } from '../../../../recording/step.js';
import { closeUnit } from '../../domain/decide-unit.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { unitRefusals as refusals } from '../../domain/refusals.js';

export const closeUnitStep = defineStep({
  name: 'CloseUnit',
  records: FACTS.UnitClosed,
  path: 'units/:id/closure',
  summary: 'Stäng enheten',
  example: { effectiveOn: '2026-11-20' },
  stateOf: (sources) => ({ facts: factsOf(sources) }),
  decide: closeUnit,
  refusals: [refusals.UNIT_ANNULLED, refusals.UNIT_ALREADY_CLOSED, refusals.UNIT_CLOSED_BEFORE_OPENED],
});
