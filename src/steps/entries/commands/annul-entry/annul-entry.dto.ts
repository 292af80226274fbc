import { CodeField, IdField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { ANNULMENT_CAUSES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class AnnulEntryDto extends StepBody {
  @CodeField(codesOf(ANNULMENT_CAUSES), { description: 'Vad som var fel.' })
  cause: string;

  @TextField({ description: 'Varför.' })
  reason: string;

  @IdField({ description: 'Händelsen som i stället är registrerad på rätt ställe.', optional: true })
  movedTo?: string;
}
