import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep, factsOf } from '../../recording/step.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { recipientRefusals as refusals } from './domain/refusals.js';
import { ofRegisteredRecipient, mergeRecipient } from './domain/decide-recipient.js';

export const registerRecipientStep = defineStep({
  name: 'RegisterRecipient',
  records: FACTS.RecipientRegistered,
  summary: 'Registrera en omsorgstagare',
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

export const changeIdentityStep = defineStep({
  name: 'ChangeIdentity',
  records: FACTS.RecipientIdentityChanged,
  summary: 'Registrera ett nytt nummer',
  example: {
    identity: { type: 'PERSONNUMMER', value: '191212121212' },
    formerSecret: false,
    effectiveOn: '2026-11-16',
  },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: ofRegisteredRecipient(),
  refusals: [refusals.RECIPIENT_ANNULLED],
});

export const changeProtectionStep = defineStep({
  name: 'ChangeProtection',
  records: FACTS.RecipientProtectionChanged,
  summary: 'Registrera att skyddet av personuppgifterna har ändrats',
  example: { protection: 'CONFIDENTIALITY_MARKED', effectiveOn: '2026-11-16' },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: ofRegisteredRecipient(),
  refusals: [refusals.RECIPIENT_ANNULLED],
});

export const mergeRecipientStep = defineStep({
  name: 'MergeRecipient',
  records: FACTS.RecipientMerged,
  summary: 'Registrera att två registreringar av samma person slås samman',
  description:
    'Förhandsgranska först med dryRun=true: becomesOne säger vilka registreringar och omsorgsperioder som blir en, och om numret är detsamma. Makulera händelsen för att ta isär dem igen.',
  example: { into: '5f0c8d2a-3333-4a6b-9c3d-000000000002', effectiveOn: '2026-11-16' },
  stateOf: (sources) => ({ id: sources.id, facts: factsOf(sources) }),
  decide: mergeRecipient,
  refusals: [refusals.RECIPIENT_ANNULLED, refusals.MERGED_INTO_SELF, refusals.ALREADY_MERGED],
});

export const registerRepresentativeStep = defineStep({
  name: 'RegisterRepresentative',
  records: FACTS.RepresentativeRegistered,
  summary: 'Registrera en legal företrädare eller ett ombud',
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
