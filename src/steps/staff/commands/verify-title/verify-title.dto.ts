import { CodeField, DayField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { TITLE_METHODS } from '../../../../facts/staff-events.js';

export class VerifyTitleDto extends StepBody {
  @DayField({ description: 'Bevisets datum, tidigast 2023-07-01.', example: '2024-03-05' })
  certificateDate: string;

  @CodeField(TITLE_METHODS, { description: 'Hur det kontrollerades.' })
  method: string;

  @TextField({ description: 'Vem eller vilket system som kontrollerade. Inga namn på enskilda.' })
  checkedBy: string;
}
