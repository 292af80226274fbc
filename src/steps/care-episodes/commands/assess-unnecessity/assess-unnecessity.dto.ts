import { TextField, TextListField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class AssessUnnecessityDto extends StepBody {
  @TextListField({ description: 'Kriterierna som bedömningen vilar på.', example: ['ONLY_SAFETY_ALARM'] })
  criteria: string[];

  @TextField({ description: 'Den enskildes egen syn på behovet.', optional: true })
  recipientView?: string;

  @TextField({ description: 'Skälen för bedömningen.' })
  reason: string;
}
