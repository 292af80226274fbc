import { DayField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class PlanFollowUpDto extends StepBody {
  @DayField({ description: 'Dagen då planen ska följas upp.' })
  on: string;
}
