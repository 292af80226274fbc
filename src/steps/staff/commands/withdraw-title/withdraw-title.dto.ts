import { CodeField, IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { WITHDRAWAL_CAUSES } from '../../../../facts/staff-events.js';

export class WithdrawTitleDto extends StepBody {
  @IdField({ description: 'Händelsen som registrerade underlaget.' })
  of: string;

  @CodeField(WITHDRAWAL_CAUSES, { description: 'Vad som var fel.' })
  cause: string;
}
