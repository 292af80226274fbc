import { CodeListField, IdField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { CONSENT_SCOPES } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class GiveConsentDto extends StepBody {
  @IdField({ description: 'Samtyckets id. Väljs av registret om det utelämnas.', optional: true })
  consent?: string;

  @TextField({ description: 'Vem samtycket gäller.' })
  person: string;

  @TextField({ description: 'Vem personen är för den enskilde. Inget namn.', example: 'dotter' })
  relation: string;

  @CodeListField(codesOf(CONSENT_SCOPES), { description: 'Vad samtycket omfattar.' })
  scope: string[];
}
