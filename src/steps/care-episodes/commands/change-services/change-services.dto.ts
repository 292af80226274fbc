import { CodeListField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { SERVICES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class ChangeServicesDto extends StepBody {
  @CodeListField(codesOf(SERVICES), { description: 'Alla insatser från och med dagen.' })
  services: string[];
}
