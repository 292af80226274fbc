import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../recording/step.js';
import { FACTS } from '../../facts/event-catalogue.js';

export const adoptPolicyStep = defineStep({
  name: 'AdoptPolicy',
  records: FACTS.PolicyAdopted,
  fields: { id: 'controller' },
  summary: 'Anta lokala regler',
  description: 'Ett värde som utelämnas har sitt grundvärde, inte det förra värdet. Den första antas utan If-Match.',
  example: {
    version: '2026-1',
    values: { offerTargetDays: 14, planTargetDays: 30, localRulesFor: ['HOUSING_SUPPORT'] },
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
});
