import { DayField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class BookPlanMeetingDto extends StepBody {
  @DayField({ description: 'Mötets dag.' })
  on: string;
}
