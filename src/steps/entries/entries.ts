import { defineStep } from '../../recording/step.js';
import { annulEntry, correctEntry, disputeEntry } from './domain/decide-entry.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { entryRefusals as refusals } from './domain/refusals.js';
import { entriesOf } from './entries-of.js';

export const correctEntryStep = defineStep({
  name: 'CorrectEntry',
  records: FACTS.EntryCorrected,
  fields: { event: 'corrects' },
  summary: 'Registrera en rättelse av en händelse',
  description:
    'Det rätta ersätter dagen och uppgifterna; det som utelämnas är som förut. Ursprunget finns kvar och visas struket.',
  example: { reason: 'Fel dag angavs.', effectiveOn: '2026-11-10' },
  dayIsData: true,
  stateOf: entriesOf,
  decide: correctEntry,
  refusals: [
    refusals.NOT_CORRECTABLE,
    refusals.CORRECTION_EMPTY,
    refusals.CORRECTION_CYCLE,
    refusals.CORRECTION_MISPLACED,
  ],
});

export const annulEntryStep = defineStep({
  name: 'AnnulEntry',
  records: FACTS.EntryAnnulled,
  fields: { event: 'corrects' },
  summary: 'Registrera att en händelse makuleras',
  description: 'Händelsen räknas inte. Den finns kvar och visas struken.',
  example: { cause: 'WRONG_RECIPIENT', reason: 'Registrerades på fel person.', effectiveOn: '2026-11-16' },
  stateOf: entriesOf,
  decide: annulEntry,
  refusals: [refusals.NOT_CORRECTABLE],
});

export const disputeEntryStep = defineStep({
  name: 'DisputeEntry',
  records: FACTS.EntryDisputed,
  summary: 'Registrera att omsorgstagaren anser att en uppgift är fel',
  description: 'Uppgiften räknas fortfarande. Synpunkten visas bredvid den.',
  example: { statement: 'Jag var inte med på mötet.', effectiveOn: '2026-11-16' },
  stateOf: entriesOf,
  decide: disputeEntry,
  refusals: [refusals.NOT_CORRECTABLE],
});
