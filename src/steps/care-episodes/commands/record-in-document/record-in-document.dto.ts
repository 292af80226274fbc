import { CodeField, IdField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { DOCUMENTS } from '../../../../facts/codes.js';
import { codesOf } from '../../../../kernel/event-sourcing/codes.js';

export class RecordInDocumentDto extends StepBody {
  @CodeField(codesOf(DOCUMENTS), { description: 'Var det står.' })
  document: string;

  @IdField({ description: 'Händelsen då kontakten utsågs: eventId i svaret på det kommandot.' })
  about: string;

  @TextField({ description: 'Var i dokumentet. Inga personuppgifter.', optional: true })
  reference?: string;
}
