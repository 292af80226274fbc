import { TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class DocumentTransitionDto extends StepBody {
  @TextField({ description: 'Arbetsgivaren den 1 juli 2023.' })
  employer: string;

  @TextField({ description: 'Underlaget.' })
  evidence: string;
}
