import { IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class MoveStaffDto extends StepBody {
  @IdField({ description: 'Den nya enheten.' })
  unit: string;
}
