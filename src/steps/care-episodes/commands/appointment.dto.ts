import { IdField, PartField, TextField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';

/** Why somebody was appointed who may not be. */
export class OverrideDto {
  @TextField({ description: 'Skälet. Utnämningen registreras och står som avvikelse.' })
  reason: string;
}

/** Somebody becomes a contact. */
export class AppointmentDto extends StepBody {
  @IdField({ description: 'Uppdragets id. Väljs av registret om det utelämnas.', optional: true })
  assignment?: string;

  @IdField({ description: 'Medarbetaren som utses.' })
  staff: string;

  @IdField({ description: 'Medarbetaren som utser, till exempel enhetschefen.', optional: true })
  appointedBy?: string;

  @PartField(() => OverrideDto, { description: 'Anges bara när någon utses som inte får utses.', optional: true })
  override?: OverrideDto;
}
