import { CodeListField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { SERVICES } from '../../../../facts/care-episode-events.js';

export class ChangeServicesDto extends StepBody {
  @CodeListField(SERVICES, { description: 'Alla insatser från och med dagen.' })
  services: string[];
}
