import { CodeField, CodeListField, IdField } from '../../../../kernel/http/fields.js';
import { OpeningBody } from '../../../../recording/step-body.js';
import { CARE_FORMS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';
import { LEGAL_GROUNDS, SERVICES } from '../../../../facts/codes.js';

export class StartEpisodeDto extends OpeningBody {
  @IdField({ description: 'Omsorgstagaren.' })
  recipient: string;

  @IdField({ description: 'Enheten som utför insatsen.' })
  unit: string;

  @CodeField(codesOf(CARE_FORMS), { description: 'Vårdformen. Lagens skyldighet gäller HOME_CARE.' })
  careForm: string;

  @CodeField(codesOf(LEGAL_GROUNDS), { description: 'Vad insatsen grundas på.' })
  legalGround: string;

  @CodeListField(codesOf(SERVICES), { description: 'Insatserna.' })
  services: string[];
}
