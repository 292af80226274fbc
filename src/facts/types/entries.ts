import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { code, correctedData, day, entry, text } from '../../kernel/event-sourcing/fields.js';
import { ANNULMENT_CAUSES } from '../codes.js';

/** Entries about entries; they belong on any stream, always on that of the entry they are about. */
export const entryTypes = eventTypes(undefined, {
  EntryCorrected: {
    label: 'Rättelse av tidigare uppgift',
    data: {
      corrects: entry({}, 'avser händelse', 'Händelsen som rättas.'),
      reason: text('skäl', 'Varför det rättas.').sealed(),
      effectiveOn: day('rätt dag', 'Den rätta dagen. Utelämnas den gäller den förra.').optional(),
      data: correctedData(
        'rätta uppgifter',
        'Alla rätta uppgifter, så som händelsens typ har dem. Utelämnas de gäller de förra.',
      ).optional(),
    },
  },
  EntryAnnulled: {
    label: 'Makulering av tidigare uppgift',
    data: {
      corrects: entry({}, 'avser händelse', 'Händelsen som makuleras.'),
      cause: code(ANNULMENT_CAUSES, 'orsak', 'Vad som var fel.'),
      reason: text('skäl', 'Varför.').sealed(),
      movedTo: entry(
        { anywhere: true },
        'flyttad till händelse',
        'Händelsen som i stället är registrerad på rätt ställe.',
      ).optional(),
    },
  },
  EntryDisputed: {
    label: 'Uppgift bestridd av omsorgstagaren',
    data: {
      event: entry({}, 'händelse', 'Händelsen som bestrids.'),
      statement: text('omsorgstagarens uppfattning', 'Omsorgstagarens synpunkt.').sealed(),
    },
  },
});
