import { defineStep, factsOf } from '../../../../recording/step.js';
import { mergeRecipient } from '../../domain/decide-recipient.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { recipientRefusals as refusals } from '../../domain/refusals.js';

export const mergeRecipientStep = defineStep({
  name: 'MergeRecipient',
  records: FACTS.RecipientMerged,
  path: 'recipients/:id/merges',
  summary: 'Slå ihop två registreringar av samma person',
  description: 'Makulera händelsen för att ta isär dem igen.',
  example: { into: '5f0c8d2a-3333-4a6b-9c3d-000000000002', effectiveOn: '2026-11-16' },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: mergeRecipient,
  refusals: [refusals.RECIPIENT_ANNULLED, refusals.MERGED_INTO_SELF, refusals.ALREADY_MERGED],
});
