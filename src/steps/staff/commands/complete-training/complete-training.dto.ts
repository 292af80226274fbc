import { TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class CompleteTrainingDto extends StepBody {
  @TextField({ description: 'Utbildningen.' })
  course: string;
}
