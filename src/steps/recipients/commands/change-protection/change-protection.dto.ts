import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { PROTECTIONS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class ChangeProtectionDto extends StepBody {
  @CodeField(codesOf(PROTECTIONS), { description: 'Skyddet från och med dagen.' })
  protection: string;
}
