import { CodeField, IdField, TextField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';
import { DOCUMENTS } from '../../../../facts/care-episode-events.js';

export class RecordInDocumentDto extends StepBody {
  @CodeField(DOCUMENTS, { description: 'Var det står.' })
  document: string;

  @IdField({ description: 'Händelsen då kontakten utsågs: eventId i svaret på det kommandot.' })
  about: string;

  @TextField({ description: 'Var i dokumentet. Inga personuppgifter.', optional: true })
  reference?: string;
}
