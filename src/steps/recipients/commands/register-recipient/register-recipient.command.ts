import { acceptAny } from '../../../../kernel/event-sourcing/decider.js';
import { defineStep } from '../../../../recording/step.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { recipientRefusals as refusals } from '../../domain/refusals.js';
import { RegisterRecipientDto } from './register-recipient.dto.js';

export const registerRecipientStep = defineStep({
  name: 'RegisterRecipient',
  records: FACTS.RecipientRegistered,
  path: 'recipients',
  summary: 'Registrera en omsorgstagare',
  body: RegisterRecipientDto,
  example: {
    controller: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
    identity: { type: 'PERSONNUMMER', value: '191212121212' },
    name: 'Tolvan Tolvansson',
    protection: 'NONE',
    effectiveOn: '2026-11-02',
  },
  stateOf: () => undefined,
  decide: acceptAny,
  onceForNumber: refusals.ALREADY_REGISTERED,
  refusals: [refusals.ALREADY_REGISTERED],
});
