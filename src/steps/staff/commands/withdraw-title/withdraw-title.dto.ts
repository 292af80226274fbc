import { CodeField, IdField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { WITHDRAWAL_CAUSES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class WithdrawTitleDto extends StepBody {
  @IdField({ description: 'Händelsen som registrerade underlaget.' })
  of: string;

  @CodeField(codesOf(WITHDRAWAL_CAUSES), { description: 'Vad som var fel.' })
  cause: string;
}
