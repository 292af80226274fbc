import { IdField, TextField, VersionField } from '../../../../kernel/http/fields.js';
import { StepBody } from '../../../../recording/step-body.js';

export class SignDescriptionDto extends StepBody {
  @IdField({ description: 'Uppdraget som beskrivningen gäller.' })
  assignment: string;

  @VersionField({ description: 'Uppdragsbeskrivningens version.', example: '1' })
  version: string | number;

  @TextField({ description: 'Ort.' })
  place: string;
}
