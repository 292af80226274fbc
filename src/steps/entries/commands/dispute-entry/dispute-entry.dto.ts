import { TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class DisputeEntryDto extends StepBody {
  @TextField({ description: 'Den enskildes synpunkt.' })
  statement: string;
}
