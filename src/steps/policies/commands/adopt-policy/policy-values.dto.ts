import { CodeListField, FlagField, NumberField } from '../../../../kernel/http/fields.js';
import { CARE_FORMS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

/** The values that a controller decides for itself. */
export class PolicyValuesDto {
  @NumberField({ description: 'Dagar att erbjuda på.', min: 0, max: 366, example: 14, optional: true })
  offerTargetDays?: number;

  @NumberField({ description: 'Dagar att få svar på.', min: 0, max: 366, example: 14, optional: true })
  answerTargetDays?: number;

  @NumberField({ description: 'Dagar att utse på.', min: 0, max: 366, example: 14, optional: true })
  assignTargetDays?: number;

  @NumberField({ description: 'Dagar att komma överens om planen på.', min: 0, max: 366, example: 14, optional: true })
  planTargetDays?: number;

  @NumberField({
    description: 'Dagar att skriva under uppdragsbeskrivningen på.',
    min: 0,
    max: 366,
    example: 14,
    optional: true,
  })
  signTargetDays?: number;

  @NumberField({ description: 'Dagar att dokumentera kontakten på.', min: 0, max: 366, example: 14, optional: true })
  recordTargetDays?: number;

  @NumberField({
    description: 'Månader till uppföljning när planen saknar dag.',
    min: 1,
    max: 36,
    example: 6,
    optional: true,
  })
  planFollowUpMaxMonths?: number;

  @NumberField({
    description: 'Månader mellan uppföljningar med medarbetaren.',
    min: 1,
    max: 36,
    example: 12,
    optional: true,
  })
  yearlyMonths?: number;

  @FlagField({ description: 'Övergångsregeln används.', optional: true })
  allowTransition?: boolean;

  @FlagField({ description: 'Skyldigheten anses gälla i särskilt boende från 2026-07-01.', optional: true })
  residentialCareDuty?: boolean;

  @CodeListField(codesOf(CARE_FORMS), { description: 'Vårdformer där reglerna följs utan skyldighet.', optional: true })
  localRulesFor?: string[];

  @NumberField({ description: 'Dagar innan en registrering är sen.', min: 0, max: 366, example: 7, optional: true })
  lateRegistrationDays?: number;

  @NumberField({
    description: 'Minsta antal som visas i offentlig statistik.',
    min: 0,
    max: 1000,
    example: 5,
    optional: true,
  })
  publicSmallCell?: number;
}
