import { defineStep, factsOf } from '../../../../recording/step.js';
import { ofRegisteredRecipient } from '../../domain/decide-recipient.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { recipientRefusals as refusals } from '../../domain/refusals.js';
import { ChangeIdentityDto } from './change-identity.dto.js';

export const changeIdentityStep = defineStep({
  name: 'ChangeIdentity',
  records: FACTS.RecipientIdentityChanged,
  path: 'recipients/:id/identity-changes',
  summary: 'Registrera ett nytt nummer',
  body: ChangeIdentityDto,
  example: {
    identity: { type: 'PERSONNUMMER', value: '191212121212' },
    formerSecret: false,
    effectiveOn: '2026-11-16',
  },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: ofRegisteredRecipient(),
  refusals: [refusals.RECIPIENT_ANNULLED],
});
