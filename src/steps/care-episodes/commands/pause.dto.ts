import { CodeField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';
import { PAUSE_CAUSES } from '../../../facts/codes.js';
import { codesOf } from '../../../kernel/event-sourcing/codes.js';

/** A pause begins or ends. */
export class PauseDto extends StepBody {
  @CodeField(codesOf(PAUSE_CAUSES), { description: 'Orsaken.', optional: true })
  cause?: string;
}
