import { z } from 'zod';
import { eventType } from '../kernel/event-sourcing/event-type.js';
import { civilDate, id, text } from '../kernel/event-sourcing/field-schemas.js';

/** Entries about entries; they belong on any stream, always on that of the entry they are about. */

export const ANNULMENT_CAUSES = ['WRONG_RECIPIENT', 'NEVER_HAPPENED', 'DUPLICATE', 'OTHER'] as const;

export const EntryCorrected = eventType(
  'EntryCorrected',
  undefined,
  // `data` is checked against the schema of the corrected entry's type, which only its reader knows.
  z.strictObject({
    corrects: id,
    reason: text,
    effectiveOn: civilDate.optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
  { sealed: ['reason'], references: [{ path: 'corrects', to: 'entry' }] },
);

export const EntryAnnulled = eventType(
  'EntryAnnulled',
  undefined,
  z.strictObject({ corrects: id, cause: z.enum(ANNULMENT_CAUSES), reason: text, movedTo: id.optional() }),
  {
    sealed: ['reason'],
    references: [
      { path: 'corrects', to: 'entry' },
      { path: 'movedTo', to: 'entry', anywhere: true },
    ],
  },
);

export const EntryDisputed = eventType('EntryDisputed', undefined, z.strictObject({ event: id, statement: text }), {
  sealed: ['statement'],
  references: [{ path: 'event', to: 'entry' }],
});

export const entryEvents = [EntryCorrected, EntryAnnulled, EntryDisputed];
