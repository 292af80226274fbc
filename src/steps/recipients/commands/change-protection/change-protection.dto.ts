import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { PROTECTIONS } from '../../../../facts/recipient-events.js';

export class ChangeProtectionDto extends StepBody {
  @CodeField(PROTECTIONS, { description: 'Skyddet från och med dagen.' })
  protection: string;
}
