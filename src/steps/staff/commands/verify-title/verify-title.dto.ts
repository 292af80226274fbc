import { CodeField, DayField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { TITLE_METHODS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class VerifyTitleDto extends StepBody {
  @DayField({ description: 'Bevisets datum, tidigast 2023-07-01.', example: '2024-03-05' })
  certificateDate: string;

  @CodeField(codesOf(TITLE_METHODS), { description: 'Hur det kontrollerades.' })
  method: string;

  @TextField({ description: 'Vem eller vilket system som kontrollerade. Inga namn på enskilda.' })
  checkedBy: string;
}
