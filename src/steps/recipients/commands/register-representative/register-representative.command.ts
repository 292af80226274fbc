import { defineStep, factsOf } from '../../../../recording/step.js';
import { ofRegisteredRecipient } from '../../domain/decide-recipient.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { recipientRefusals as refusals } from '../../domain/refusals.js';

export const registerRepresentativeStep = defineStep({
  name: 'RegisterRepresentative',
  records: FACTS.RepresentativeRegistered,
  path: 'recipients/:id/representatives',
  summary: 'Registrera en företrädare',
  example: {
    kind: 'GOD_MAN',
    name: 'Bo Ek',
    scope: ['sörja för person'],
    validTo: '2027-12-31',
    effectiveOn: '2026-11-02',
  },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: ofRegisteredRecipient(),
  refusals: [refusals.RECIPIENT_ANNULLED],
});
