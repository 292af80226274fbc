import { CodeField, DayField, IdField, TextField, TextListField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { REPRESENTATIVE_KINDS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class RegisterRepresentativeDto extends StepBody {
  @IdField({ description: 'Företrädarens id. Väljs av registret om det utelämnas.', optional: true })
  representative?: string;

  @CodeField(codesOf(REPRESENTATIVE_KINDS), { description: 'Slaget av företrädare.' })
  kind: string;

  @TextField({ description: 'Namnet.' })
  name: string;

  @TextListField({ description: 'Vad uppdraget omfattar.', example: ['sörja för person'] })
  scope: string[];

  @DayField({ description: 'Sista giltiga dag.', optional: true })
  validTo?: string;
}
