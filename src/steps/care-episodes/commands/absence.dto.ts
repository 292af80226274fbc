import { IdField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';

/** A contact is away or back. */
export class AbsenceDto extends StepBody {
  @IdField({ description: 'Uppdraget som ersätter under frånvaron.', optional: true })
  deputyAssignment?: string;
}
