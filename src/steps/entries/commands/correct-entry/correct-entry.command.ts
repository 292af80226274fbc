import { defineStep } from '../../../../recording/step.js';
import { correctEntry } from '../../domain/decide-entry.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { entryRefusals as refusals } from '../../domain/refusals.js';
import { entriesOf } from '../entries-of.js';
import { CorrectEntryDto } from './correct-entry.dto.js';

export const correctEntryStep = defineStep({
  name: 'CorrectEntry',
  records: FACTS.EntryCorrected,
  path: 'entries/:event/correction',
  fields: { event: 'corrects' },
  summary: 'Rätta en händelse',
  description:
    'Det rätta ersätter dagen och uppgifterna; det som utelämnas är som förut. Ursprunget finns kvar och visas struket.',
  body: CorrectEntryDto,
  example: { reason: 'Fel dag angavs.', effectiveOn: '2026-11-10' },
  dayIsData: true,
  stateOf: entriesOf,
  decide: correctEntry,
  refusals: [refusals.NOT_CORRECTABLE, refusals.CORRECTION_CYCLE, refusals.CORRECTION_MISPLACED],
});
