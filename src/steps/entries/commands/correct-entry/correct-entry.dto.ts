import { AnyObjectField, DayField, InstantField, TextField } from '../../../../kernel/http/fields.js';

/** The right day and data of an entry. */
export class CorrectEntryDto {
  @TextField({ description: 'Varför det rättas.' })
  reason: string;

  @DayField({ description: 'Den rätta dagen. Utelämnas den gäller den förra.', optional: true })
  effectiveOn?: string;

  @AnyObjectField({
    description: 'Alla rätta uppgifter, så som händelsens typ har dem. Utelämnas de gäller de förra.',
    optional: true,
  })
  data?: Record<string, unknown>;

  @InstantField({
    description: 'När rättelsen dokumenterades på annat håll, om det inte var här och nu.',
    optional: true,
  })
  documentedAt?: string;

  @TextField({ description: 'Varför rättelsen registreras så sent.', optional: true })
  lateReason?: string;
}
