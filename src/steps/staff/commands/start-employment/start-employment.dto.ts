import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { EMPLOYMENT_FORMS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class StartEmploymentDto extends StepBody {
  @CodeField(codesOf(EMPLOYMENT_FORMS), { description: 'Anställningsformen.' })
  form: string;
}
