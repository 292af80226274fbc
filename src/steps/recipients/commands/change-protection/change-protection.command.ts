import { defineStep, factsOf } from '../../../../recording/step.js';
import { ofRegisteredRecipient } from '../../domain/decide-recipient.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { recipientRefusals as refusals } from '../../domain/refusals.js';

export const changeProtectionStep = defineStep({
  name: 'ChangeProtection',
  records: FACTS.RecipientProtectionChanged,
  path: 'recipients/:id/protection',
  summary: 'Ändra skyddet av personuppgifterna',
  example: { protection: 'CONFIDENTIALITY_MARKED', effectiveOn: '2026-11-16' },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: ofRegisteredRecipient(),
  refusals: [refusals.RECIPIENT_ANNULLED],
});
