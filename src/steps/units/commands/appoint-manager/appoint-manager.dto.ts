import { IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class AppointManagerDto extends StepBody {
  @IdField({ description: 'Medarbetaren.' })
  staff: string;
}
