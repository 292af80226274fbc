import { TextField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';

/** A leave begins or ends. */
export class LeaveDto extends StepBody {
  @TextField({ description: 'Slaget av ledighet. Ingen diagnos.', example: 'semester', optional: true })
  kind?: string;
}
