import { defineStep } from '../../../../recording/step.js';
import { amendEntry } from '../../domain/decide-entry.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { entryRefusals as refusals } from '../../domain/refusals.js';
import { entriesOf } from '../entries-of.js';

export const disputeEntryStep = defineStep({
  name: 'DisputeEntry',
  records: FACTS.EntryDisputed,
  path: 'entries/:event/dispute',
  summary: 'Registrera att den enskilde anser att en uppgift är fel',
  description: 'Uppgiften räknas fortfarande. Synpunkten visas bredvid den.',
  example: { statement: 'Jag var inte med på mötet.', effectiveOn: '2026-11-16' },
  stateOf: entriesOf,
  decide: amendEntry,
  refusals: [refusals.NOT_CORRECTABLE],
});
