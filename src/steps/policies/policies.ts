import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../recording/step.js';
import { FACTS } from '../../facts/event-catalogue.js';

export const adoptPolicyStep = defineStep({
  name: 'AdoptPolicy',
  records: FACTS.PolicyAdopted,
  fields: { id: 'controller' },
  summary: 'Registrera att lokala riktlinjer har antagits',
  description:
    'Ett värde som utelämnas har sitt standardvärde, inte det förra värdet. De första registreras utan If-Match.',
  example: {
    version: '2026-1',
    values: { offerTargetDays: 14, planTargetDays: 30, localRulesFor: ['HOUSING_SUPPORT'] },
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
});
