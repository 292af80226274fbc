import { IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class MergeRecipientDto extends StepBody {
  @IdField({ description: 'Den andra registreringen av samma person.' })
  into: string;
}
