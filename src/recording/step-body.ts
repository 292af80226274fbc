import { DayField, IdField, InstantField, TextField } from '../kernel/http/fields.js';

/** What every step says besides its data. */
export class StepBody {
  @DayField({
    description:
      'Dagen då det började eller börjar gälla. När något avslutas: den första dagen då det inte längre gäller. I dag om inget anges.',
    optional: true,
  })
  effectiveOn?: string;

  @InstantField({ description: 'När det dokumenterades på annat håll, om det inte var här och nu.', optional: true })
  documentedAt?: string;

  @TextField({
    description: 'Varför det registreras så sent.',
    example: 'Journalen fördes på papper under driftstoppet.',
    optional: true,
  })
  lateReason?: string;
}

/** A step that opens something new. */
export class OpeningBody extends StepBody {
  @IdField({ description: 'Id för det som registreras. Väljs av registret om det utelämnas.', optional: true })
  id?: string;
}

/** What a correction says besides its data, whose right day is one of them. */
export class CorrectionBody {
  @InstantField({
    description: 'När rättelsen dokumenterades på annat håll, om det inte var här och nu.',
    optional: true,
  })
  documentedAt?: string;

  @TextField({ description: 'Varför rättelsen registreras så sent.', optional: true })
  lateReason?: string;
}
