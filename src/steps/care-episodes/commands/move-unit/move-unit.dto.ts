import { IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class MoveEpisodeDto extends StepBody {
  @IdField({ description: 'Enheten som insatsen fortsätter hos.' })
  unit: string;
}
