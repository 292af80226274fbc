import { CodeField, CodeListField, IdField } from '../../../../kernel/http/fields.js';
import { OpeningBody } from '../../../../recording/step-body.js';
import { CARE_FORMS } from '../../../../facts/unit-events.js';
import { LEGAL_GROUNDS, SERVICES } from '../../../../facts/care-episode-events.js';

export class StartEpisodeDto extends OpeningBody {
  @IdField({ description: 'Omsorgstagaren.' })
  recipient: string;

  @IdField({ description: 'Enheten som utför insatsen.' })
  unit: string;

  @CodeField(CARE_FORMS, { description: 'Vårdformen. Lagens skyldighet gäller HOME_CARE.' })
  careForm: string;

  @CodeField(LEGAL_GROUNDS, { description: 'Vad insatsen grundas på.' })
  legalGround: string;

  @CodeListField(SERVICES, { description: 'Insatserna.' })
  services: string[];
}
