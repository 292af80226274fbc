import { CodeField } from '../../../kernel/http/fields.js';
import { StepBody } from '../../../recording/step-body.js';
import { PAUSE_CAUSES } from '../../../facts/care-episode-events.js';

/** A pause begins or ends. */
export class PauseDto extends StepBody {
  @CodeField(PAUSE_CAUSES, { description: 'Orsaken.', optional: true })
  cause?: string;
}
