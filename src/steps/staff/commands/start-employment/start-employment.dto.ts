import { CodeField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { EMPLOYMENT_FORMS } from '../../../../facts/staff-events.js';

export class StartEmploymentDto extends StepBody {
  @CodeField(EMPLOYMENT_FORMS, { description: 'Anställningsformen.' })
  form: string;
}
