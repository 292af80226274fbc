import { CodeField, IdField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';
import { ANSWERED_BY } from '../../../facts/codes.js';
import { codesOf } from '../../../kernel/event-sourcing/codes.js';

/** An answer to an offer. */
export class AnswerDto extends StepBody {
  @CodeField(codesOf(ANSWERED_BY), { description: 'Vem som svarade.' })
  answeredBy: string;

  @IdField({
    description: 'Företrädaren, när en sådan svarade. Ett svar av någon som inte är registrerad räknas inte.',
    optional: true,
  })
  representative?: string;
}
