import { TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class ApproveEducationDto extends StepBody {
  @TextField({ description: 'Utbildningen.' })
  education: string;

  @TextField({ description: 'Vem som godkände. Roll, inte namn.' })
  approvedBy: string;
}
