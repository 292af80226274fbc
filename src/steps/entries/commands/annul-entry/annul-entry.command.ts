import { defineStep } from '../../../../recording/step.js';
import { amendEntry } from '../../domain/decide-entry.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { entryRefusals as refusals } from '../../domain/refusals.js';
import { entriesOf } from '../entries-of.js';

export const annulEntryStep = defineStep({
  name: 'AnnulEntry',
  records: FACTS.EntryAnnulled,
  path: 'entries/:event/annulment',
  fields: { event: 'corrects' },
  summary: 'Makulera en händelse',
  description: 'Händelsen räknas inte. Den finns kvar och visas struken.',
  example: { cause: 'WRONG_RECIPIENT', reason: 'Registrerades på fel person.', effectiveOn: '2026-11-16' },
  stateOf: entriesOf,
  decide: amendEntry,
  refusals: [refusals.NOT_CORRECTABLE],
});
